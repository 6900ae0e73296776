"""Threads: who may see, start, answer and moderate them."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from forum.models import Board, City, Thread
from forum.permissions.cities import can_act_in_city, can_see_city, in_readable_city
from forum.permissions.roles import Viewer, people_with
from forum.permissions.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from accounts.models import User

CITIZENS_WRITE = _("Only citizens write here. Join the city first.")
MERGED = _("This thread was merged into another one.")
OFFICERS_ONLY = _("Only the mayor of this city and the deputy mayors to whom it is entrusted may do this.")


def visible_threads(viewer: Viewer, queryset: QuerySet[Thread]) -> QuerySet[Thread]:
    """Return the threads the viewer may see: in cities they read; hidden ones for officers and their author.

    A thread that was merged into another is seen by nobody: there is nothing in it.
    """
    queryset = queryset.filter(merged_into=None)
    if viewer.is_moderator:
        return queryset
    shown = Q(is_hidden=False)
    if viewer.is_signed_in:
        halls = [city for city in viewer.city_ids if viewer.is_officer(city)]
        shown |= Q(author=viewer.user) | Q(city__in=halls)
    return queryset.filter(shown, in_readable_city(viewer))


def can_see_thread(viewer: Viewer, thread: Thread, city: City | None = None) -> bool:
    """Return whether the viewer may see the thread; `city` is its city, where it was read without."""
    city = city or thread.city
    if thread.merged_into_id or not can_see_city(viewer, city):
        return False
    is_author = viewer.user is not None and viewer.user.pk == thread.author_id
    return not thread.is_hidden or is_author or viewer.is_officer(city)


def people_who_see_thread(thread: Thread, people: "QuerySet[User]") -> "QuerySet[User]":
    """Return those of the people who may see the thread: `can_see_thread` for many at once."""
    if thread.merged_into_id:
        return people.none()
    if thread.city.visibility != City.Visibility.PUBLIC:
        people = people.filter(people_with("read_closed", thread.city))
    if thread.is_hidden:
        people = people.filter(people_with("officiate", thread.city) | Q(pk=thread.author_id))
    return people


def can_write_on_board(viewer: Viewer, board: Board) -> Verdict:
    """Return whether the viewer may write posts on the board at all."""
    city = board.city
    verdict = can_act_in_city(viewer, city)
    if not verdict:
        return verdict
    posting = board.posting or city.posting
    open_to_all = posting == Board.Posting.MEMBERS or (
        posting == Board.Posting.OFFICERS and city.posting == City.Posting.MEMBERS
    )
    if viewer.may("write", city) or viewer.may("officiate", city):
        return ALLOWED
    if open_to_all and can_see_city(viewer, city) and viewer.may("write_as_member", city):
        return ALLOWED
    return denied(CITIZENS_WRITE, way=f"city {city.slug}")


def can_create_thread(viewer: Viewer, board: Board) -> Verdict:
    """Return whether the viewer may start a thread on the board."""
    verdict = can_write_on_board(viewer, board)
    if verdict and board.posting == Board.Posting.OFFICERS and not viewer.may("write_officially", board.city):
        return denied(_("On this board only the mayor and the deputy mayors start threads."))
    return verdict


def can_reply_to_thread(viewer: Viewer, thread: Thread) -> Verdict:
    """Return whether the viewer may add a post to the thread."""
    verdict = can_write_on_board(viewer, thread.board)
    if verdict and thread.merged_into_id:
        return denied(MERGED)
    if verdict and thread.is_held:
        return denied(_("This thread waits for approval; nobody can reply until it is approved."))
    if verdict and thread.is_hidden:
        return denied(_("This thread is hidden; nobody can reply until it is restored."))
    if verdict and thread.is_locked:
        return denied(_("This thread is locked; nobody can reply until an officer unlocks it."))
    return verdict


def can_moderate_thread(viewer: Viewer, thread: Thread, ability: str) -> Verdict:
    """Return whether the viewer may use the ability on the thread: pin (and feature), lock, hide, move (and merge)."""
    if viewer.is_signed_in and not viewer.may(ability, thread.city):
        return denied(OFFICERS_ONLY)
    if thread.merged_into_id:
        return denied(MERGED)
    return can_act_in_city(viewer, thread.city)
