"""Claims: who may say that an account from an archive is theirs, and who decides it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from forum.permissions.cities import can_act_on_site
from forum.permissions.roles import Viewer
from forum.permissions.site_hall import can_enter_site_hall
from forum.permissions.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from accounts.models import User


def can_claim(viewer: Viewer, person: "User") -> Verdict:
    """Return whether the viewer may claim the account: one that came with an archive and is nobody's yet.

    Visitors may, because who wrote there need not have an account here.
    """
    if not (person.is_claimable and person.is_active):
        return denied(_("This account is somebody's already."))
    return can_act_on_site(viewer) if viewer.is_signed_in else ALLOWED


def can_decide_claims(viewer: Viewer) -> Verdict:
    """Return whether the viewer may decide claims: the site's moderators."""
    verdict = can_enter_site_hall(viewer)
    return can_act_on_site(viewer) if verdict else verdict
