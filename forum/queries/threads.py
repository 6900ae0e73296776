"""One thread: the thread itself with its neighbours in the list, and the acts in its course."""

from dataclasses import dataclass
from typing import cast

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404

from forum.models import Event, Membership, Post, Thread
from forum.permissions.posts import readable_posts
from forum.permissions.records import with_record
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads
from forum.queries.drafts import with_offer
from forum.queries.marks import with_unread
from forum.queries.thread_lists import SORTS, ListPlace
from forum.queries.watches import with_watch_level

OFFICERS_SHOWN = 12


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


def _beside(sort: str, *, above: bool) -> Subquery:
    """Return a subquery for the thread just above or below the outer one, in one walk along an index."""
    field, side, sign = SORTS[sort], "gt" if above else "lt", "" if above else "-"
    here = OuterRef(field)
    beyond = Q(**{f"{field}__{side}e": here}) & (Q(**{f"{field}__{side}": here}) | Q(**{f"pk__{side}": OuterRef("pk")}))
    rows = Thread.objects.unpinned().filter(beyond, board=OuterRef("board"), is_hidden=False)
    return Subquery(rows.order_by(f"{sign}{field}", f"{sign}pk").values(found=JSONObject(pk="pk", title="title"))[:1])


def get_thread(viewer: Viewer, pk: int) -> Thread:
    """Return a thread the viewer may see, with board, city and poll; raise Http404."""
    rows = Thread.objects.select_related("board", "city", "author", "poll")
    thread = visible_threads(viewer, rows).filter(pk=pk).first()
    if thread is None:
        raise Http404("No such thread")
    thread.board.city = thread.city
    return thread


def thread_in_list(viewer: Viewer, pk: int, place: ListPlace) -> tuple[Thread, Neighbours]:
    """Return a thread the viewer may see, and its neighbours.

    With it come `watch_level`, `has_held`, `unread`, the record and a draft. One query. Raises Http404 when there is no
    such thread for the viewer.
    """
    rows = Thread.objects.select_related("board", "city", "author", "poll").annotate(
        above=_beside(place.sort, above=True), below=_beside(place.sort, above=False)
    )
    known = with_record(viewer, with_watch_level(viewer, visible_threads(viewer, rows), "thread"), "city")
    known = with_offer(viewer, with_unread(viewer, known))
    if viewer.is_signed_in:
        held = readable_posts(viewer, Post.objects.filter(thread=OuterRef("pk"), is_held=True))
        known = cast("QuerySet[Thread]", known.annotate(has_held=Exists(held)))
    thread = known.filter(pk=pk).first()
    if thread is None:
        raise Http404("No such thread")
    thread.board.city = thread.city  # the same row, so that asking the board costs no query
    above, below = getattr(thread, "above", None), getattr(thread, "below", None)
    return thread, Neighbours(Neighbour(**above) if above else None, Neighbour(**below) if below else None)


def officers_of(city_id: int) -> list[Membership]:
    """Return the memberships of the mayor and the deputies of the city, in the order of their offices."""
    return list(Membership.objects.present().filter(city=city_id).by_office().select_related("user")[:OFFICERS_SHOWN])


def _latest_up_to(post: Post) -> Subquery:
    """Return a subquery for when the latest post up to this one was written: posts brought in may be older."""
    rows = Post.objects.filter(thread=post.thread_id, number__lte=post.number).order_by()
    return Subquery(rows.values("thread").annotate(latest=Max("created_at")).values("latest"))


def acts_between(thread: Thread, first: Post | None, following: Post | None) -> list[Event]:
    """Return the acts that belong between a page's first post and the first post of the next page.

    `first` is None on the first page, `following` on the last one. One query.
    """
    rows: QuerySet[Event] = Event.objects.filter(thread=thread, in_thread=True).select_related(
        "actor", "board", "person", "city"
    )
    if first:
        rows = rows.filter(created_at__gte=_latest_up_to(first))
    if following:
        rows = rows.filter(created_at__lt=_latest_up_to(following))
    return list(rows.order_by("created_at", "pk")[:200])
