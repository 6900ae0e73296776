"""Moderators of the site: who names and dismisses them."""

from django.utils.translation import gettext_lazy as _

from forum.permissions.cities import can_act_on_site
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict, denied


def can_name_moderators(viewer: Viewer) -> Verdict:
    """Return whether the viewer may name and dismiss moderators: who runs the site."""
    if viewer.user is None or not viewer.user.is_superuser:
        return denied(_("Only those who run the site name its moderators."))
    return can_act_on_site(viewer)
