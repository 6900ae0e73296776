"""Reading marks: who may keep them, and what counts as read without one."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models import Board, Thread
from forum.permissions.boards import can_see_board
from forum.permissions.cities import SIGN_IN_FIRST
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_see_thread
from forum.permissions.verdicts import ALLOWED, Verdict, denied

REMEMBERED = timedelta(days=365)  # what is older is not called new to anybody
NOT_READABLE = _("You can only mark as read what you may read.")


def can_mark_read(viewer: Viewer, place: Thread | Board | None) -> Verdict:
    """Return whether the viewer may mark the thread, the board, or (None) everything as read: what they may see."""
    if not viewer.is_signed_in:
        return denied(SIGN_IN_FIRST)
    if isinstance(place, Thread):
        return ALLOWED if can_see_thread(viewer, place) else denied(NOT_READABLE)
    if isinstance(place, Board):
        return ALLOWED if can_see_board(viewer, place) else denied(NOT_READABLE)
    return ALLOWED


def read_before(viewer: Viewer, at: datetime | None = None) -> datetime:
    """Return the moment before which everything counts as read for a member.

    That is the latest of: when they joined, when they last marked everything as read, and a year ago.
    """
    assert viewer.user is not None
    moments = (viewer.user.date_joined, (at or timezone.now()) - REMEMBERED, viewer.standing.read_before)
    return max(moment for moment in moments if moment)
