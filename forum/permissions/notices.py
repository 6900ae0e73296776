"""Notices: who may post them."""

from django.utils.translation import gettext_lazy as _

from forum.models import City
from forum.permissions.cities import ARCHIVED
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied


def can_post_notice(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may post, change and end notices of the city."""
    if not viewer.may("notify", city):
        return denied(_("Only the mayor and the deputy mayors of this city post notices."))
    return denied(ARCHIVED) if city.is_archived else ALLOWED
