"""Invitations that somebody has made, and how many more they may make."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from accounts.invitations import token_of
from accounts.models import Invitation
from forum.permissions.roles import Viewer

MONTH = timedelta(days=30)
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation with the end of its link, which is empty when it no longer holds."""

    invitation: Invitation
    token: str


@dataclass(frozen=True, slots=True)
class Invitations:
    """All that the page of one's invitations shows; `left` is None for who may make any number."""

    items: list[Invited]
    left: int | None


def invitations_left(viewer: Viewer, now: datetime) -> int | None:
    """Return how many invitations the viewer may still make this month; None where there is no limit."""
    if viewer.user is None or viewer.is_moderator:
        return None
    made = Invitation.objects.filter(inviter=viewer.user, created_at__gt=now - MONTH).count()
    return max(0, settings.INVITATIONS_A_MONTH - made)


def my_invitations(viewer: Viewer) -> Invitations:
    """Return the viewer's invitations, the latest first; two queries."""
    now = timezone.now()
    rows = Invitation.objects.filter(inviter=viewer.user).select_related("used_by").order_by("-created_at", "-pk")
    items = [Invited(one, token_of(one) if one.holds(now) else "") for one in rows[:SHOWN]]
    return Invitations(items, invitations_left(viewer, now))
