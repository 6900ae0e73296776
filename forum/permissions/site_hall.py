"""The hall of the site's moderators: who enters."""

from django.utils.translation import gettext_lazy as _

from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied


def can_enter_site_hall(viewer: Viewer) -> Verdict:
    """Return whether the viewer may enter the hall of the site's moderators and read what is there."""
    return ALLOWED if viewer.may("moderate") else denied(_("This hall is open to the site's moderators only."))
