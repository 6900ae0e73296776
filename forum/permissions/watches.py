"""Watches: who may watch what."""

from django.utils.translation import gettext_lazy as _

from forum.models import Board, City, Thread
from forum.permissions.boards import can_see_board
from forum.permissions.cities import SIGN_IN_FIRST, can_see_city
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_see_thread
from forum.permissions.verdicts import ALLOWED, Verdict, denied


def can_watch(viewer: Viewer, place: City | Board | Thread) -> Verdict:
    """Return whether the viewer may watch the city, board or thread: every member what they may see."""
    if not viewer.is_signed_in:
        return denied(SIGN_IN_FIRST)
    if isinstance(place, City):
        seen = can_see_city(viewer, place)
    elif isinstance(place, Board):
        seen = can_see_board(viewer, place)
    else:
        seen = can_see_thread(viewer, place)
    return ALLOWED if seen else denied(_("You can only watch what you may read."))
