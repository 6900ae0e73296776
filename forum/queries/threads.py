"""One thread: the thread itself, its neighbours in the list, its officers, and the acts in its course."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404
from django.utils import timezone

from accounts.prepared import Prepared
from forum.models import Event, Membership, Post, Sanction, Thread
from forum.permissions.posts import readable_posts
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_see_thread, visible_threads
from forum.queries.marks import with_unread
from forum.queries.paging import beyond_place
from forum.queries.thread_lists import SORTS

OFFICERS_SHOWN = 12
# What pages show of the people on them, and what questions about them ask.
PERSON = ("username", "display_name", "avatar", "signature", "farewell", "is_active", "is_staff")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The thread before or after in the list."""

    pk: int
    title: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The threads beside a thread in the list it was reached from."""

    previous: Neighbour | None
    next: Neighbour | None


def beside(sort: str, at: datetime, *, above: bool) -> Subquery:
    """Return a subquery for the thread just above or below the outer one at that time, in one walk along an index."""
    field, sign = SORTS[sort], "" if above else "-"
    beyond = beyond_place(field, OuterRef(field), OuterRef("pk"), above=above)
    unpinned = Q(is_pinned=False) | Q(pinned_until__lte=at)
    rows = Thread.objects.filter(unpinned, beyond, board=OuterRef("board"), is_hidden=False)
    return Subquery(rows.order_by(f"{sign}{field}", f"{sign}pk").values(found=JSONObject(pk="pk", title="title"))[:1])


def neighbours_in(thread: Thread) -> Neighbours:
    """Return the neighbours that came along with a thread, `above` and `below`."""
    above, below = getattr(thread, "above", None), getattr(thread, "below", None)
    return Neighbours(Neighbour(**above) if above else None, Neighbour(**below) if below else None)


def _thread_rows(pk: int) -> QuerySet[Thread]:
    return Thread.objects.select_related("board", "city__rules", "author", "poll").filter(pk=pk)


_thread = Prepared(_thread_rows)


def get_thread(viewer: Viewer, pk: int) -> Thread:
    """Return a thread the viewer may see, with board, city, its rules, and poll; raise Http404."""
    found = _thread(pk)
    if not found or not can_see_thread(viewer, found[0]):
        raise Http404("No such thread")
    thread = found[0]
    thread.board.city = thread.city
    return thread


def thread_to_read(viewer: Viewer, pk: int) -> Thread:
    """Return a thread the viewer may see, with board and city, whether it `has_held` posts and what is `unread`.

    One query. Raises Http404 when there is no such thread for the viewer.
    """
    rows = with_unread(viewer, visible_threads(viewer, Thread.objects.select_related("board", "city", "author")))
    if viewer.is_signed_in:
        held = readable_posts(viewer, Post.objects.filter(thread=OuterRef("pk"), is_held=True))
        rows = cast("QuerySet[Thread]", rows.annotate(has_held=Exists(held)))
    thread = rows.filter(pk=pk).first()
    if thread is None:
        raise Http404("No such thread")
    thread.board.city = thread.city  # the same row, so that asking the board costs no query
    return thread


def _officer_rows(city: int, at: datetime) -> QuerySet[Membership]:
    # Those of people who are not banned from the city, as the scope `present` has it.
    bans = Sanction.objects.in_force(at).filter(kind=Sanction.Kind.BAN, city=OuterRef("city"), person=OuterRef("user"))
    rows = Membership.objects.filter(~Exists(bans), city=city).by_office().select_related("user")
    return rows.only("role", "city", "user", *(f"user__{name}" for name in PERSON))[:OFFICERS_SHOWN]


_officers = Prepared(_officer_rows)


def officers_of(city_id: int) -> list[Membership]:
    """Return the memberships of the mayor and the deputies of the city, in the order of their offices."""
    return _officers(city_id, timezone.now())


def weight_of_officers(officers: list[Membership]) -> int:
    """Return how many bytes of memory officers take, about."""
    return 3_000 * len(officers)


def _latest_up_to(thread: int, number: int) -> Subquery:
    """Return a subquery for when the latest post up to this one was written: posts brought in may be older."""
    rows = Post.objects.filter(thread=thread, number__lte=number).order_by()
    return Subquery(rows.values("thread").annotate(latest=Max("created_at")).values("latest"))


def _act_rows(is_begun: bool, is_ended: bool, thread: int, first: int, following: int) -> QuerySet[Event]:
    people = [f"{way}__{name}" for way in ("actor", "person") for name in PERSON]
    places = ["board__name", "board__slug", "board__city", "city__name", "city__slug"]
    rows = Event.objects.filter(thread=thread, in_thread=True).select_related("actor", "board", "person", "city")
    if is_begun:
        rows = rows.filter(created_at__gte=_latest_up_to(thread, first))
    if is_ended:
        rows = rows.filter(created_at__lt=_latest_up_to(thread, following))
    return rows.only(*_EVENT, *people, *places).order_by("created_at", "pk")[:200]


_EVENT = [one.name for one in Event._meta.concrete_fields]
_acts = Prepared(_act_rows)


def acts_between(thread: Thread, first: int, following: int) -> list[Event]:
    """Return the acts that belong between the number of a page's first post and that of the next page's.

    `first` is 0 on the first page, `following` on the last one. One query.
    """
    return _acts(thread.pk, first, following, shape=(first > 0, following > 0))
