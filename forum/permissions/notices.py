"""Notices: who may post them."""

from django.utils.translation import gettext_lazy as _

from forum.models import City, Notice
from forum.permissions.cities import can_act_in_city, can_act_on_site
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict, denied


def can_post_notice(viewer: Viewer, city: City | None) -> Verdict:
    """Return whether the viewer may post, change and end notices of the city, or of the site when it is None."""
    if viewer.may("notify", city):
        return can_act_in_city(viewer, city) if city else can_act_on_site(viewer)
    if city is None:
        return denied(_("Only the site's moderators post notices of the site."))
    return denied(_("Only the mayor and the deputy mayors of this city post notices."))


def can_change_notice(viewer: Viewer, notice: Notice) -> Verdict:
    """Return whether the viewer may change and end a notice; what the program told stays until its day."""
    if notice.author_id is None:
        return denied(_("This notice was posted by the program and stays until its time is over."))
    return can_post_notice(viewer, notice.city)
