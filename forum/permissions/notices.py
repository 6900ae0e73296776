"""Notices: who may post them."""

from django.utils.translation import gettext_lazy as _

from forum.models import City, Notice
from forum.permissions.cities import can_act_in_city
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict, denied


def can_post_notice(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may post, change and end notices of the city."""
    if not viewer.may("notify", city):
        return denied(_("Only the mayor and the deputy mayors of this city post notices."))
    return can_act_in_city(viewer, city)


def can_change_notice(viewer: Viewer, notice: Notice) -> Verdict:
    """Return whether the viewer may change and end a notice of a city; what the program told stays until its day."""
    if notice.city is None or notice.author_id is None:
        return denied(_("This notice was posted by the program and stays until its time is over."))
    return can_post_notice(viewer, notice.city)
