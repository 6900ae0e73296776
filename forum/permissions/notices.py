"""Notices: who may post them."""

from django.utils.translation import gettext_lazy as _

from forum.models import City
from forum.permissions.cities import can_act_in_city
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict, denied


def can_post_notice(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may post, change and end notices of the city."""
    if not viewer.may("notify", city):
        return denied(_("Only the mayor and the deputy mayors of this city post notices."))
    return can_act_in_city(viewer, city)
