"""Watches: who may watch what."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models import Board, City, Thread
from forum.permissions.boards import can_see_board
from forum.permissions.cities import SIGN_IN_FIRST, can_see_city
from forum.permissions.people import can_see_part
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_see_thread
from forum.permissions.verdicts import ALLOWED, Verdict, denied


def can_watch(viewer: Viewer, place: City | Board | Thread | User) -> Verdict:
    """Return whether the viewer may watch the city, board, thread or person: every member what they may see."""
    if viewer.user is None:
        return denied(SIGN_IN_FIRST)
    if isinstance(place, User):
        return _can_watch_person(viewer, place)
    if isinstance(place, City):
        seen = can_see_city(viewer, place)
    elif isinstance(place, Board):
        seen = can_see_board(viewer, place)
    else:
        seen = can_see_thread(viewer, place)
    return ALLOWED if seen else denied(_("You can only watch what you may read."))


def _can_watch_person(viewer: Viewer, person: User) -> Verdict:
    """Return whether the viewer may watch the person: whoever shows them what they write, and is still there."""
    if viewer.user == person:
        return denied(_("You cannot watch yourself."))
    if not person.is_active or person.closes_at or not can_see_part(viewer, person, "posts"):
        return denied(_("This person does not show what they write."))
    return ALLOWED
