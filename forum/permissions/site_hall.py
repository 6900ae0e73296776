"""The hall of the site's moderators: who enters."""

from django.utils.translation import gettext_lazy as _

from forum.permissions.cities import second_factor_of
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict, denied


def can_enter_site_hall(viewer: Viewer) -> Verdict:
    """Return whether the viewer may enter the hall of the site's moderators and read what is there."""
    if not viewer.is_moderator:
        return denied(_("This hall is open to the site's moderators only."))
    return second_factor_of(viewer)
