"""A page of a board: its face, which everybody sees alike, and the page that one viewer sees of it."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final

from django.db.models import Min, OuterRef, QuerySet, Subquery, Value
from django.http import Http404
from django.utils import timezone

from accounts.lasting import lasts_until
from accounts.prepared import Prepared
from forum.models import Board, Notice, Thread
from forum.permissions.boards import can_see_board
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_create_thread
from forum.permissions.verdicts import Verdict
from forum.queries.list_rows import PEOPLE, THREAD, Listed, any_of, in_place, key_of, read_until_enough, seen_by
from forum.queries.notices import notices_in_force
from forum.queries.own_lists import watch_of_board, with_marks
from forum.queries.paging import PAGE_SIZE, Slice, beyond_place, page_of, place_in
from forum.queries.thread_faces import print_of
from forum.queries.thread_lists import SORTS

PINNED_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class BoardPlace:
    """Which page of a board's list: its order, the mark it begins or ends at, the month it was jumped to."""

    sort: str = "active"
    after: str = ""
    before: str = ""
    month: str = ""

    @property
    def is_first(self) -> bool:
        """Whether it is the page where the list begins."""
        return not (self.after or self.before or self.month)


@dataclass(slots=True)
class BoardFace:
    """What stands on a page of a board. Nothing in it is ever changed: others look at it as well.

    `rows` and `pinned` hold hidden threads too, for who sees them. `keys` says by the id of each how its row looks,
    `print` changes with what the page shows around them.
    """

    place: BoardPlace
    board: Board
    rows: list[Thread]
    pinned: list[Thread]
    notices: list[Notice]
    keys: dict[int, bytes]
    print: bytes


def _board_rows(city: str, board: str, at: datetime) -> QuerySet[Board]:
    pins = Thread.objects.filter(board=OuterRef("pk"), is_pinned=True, pinned_until__gt=at).order_by()
    ends = pins.values("board").annotate(first=Min("pinned_until")).values("first")
    return (
        Board.objects.filter(city__slug=city, slug=board).select_related("city").annotate(pins_end=Subquery(ends[:1]))
    )


def _thread_rows(
    sort: str, side: str, has_month: bool, board: int, at: datetime, count: int, *places: Any
) -> QuerySet[Thread]:
    """Return rows of a board by an order; `places` are the value and id of a mark, and the end of a month."""
    field, sign = SORTS[sort], "" if side == "above" else "-"
    rows = Thread.objects.filter(board=board, merged_into=None).unpinned(at)
    if has_month:
        rows = rows.filter(**{f"{field}__lt": places[-1]})
    if side:
        rows = rows.filter(beyond_place(field, Value(places[0]), Value(places[1]), above=side == "above"))
    rows = rows.select_related("author", "last_author").only(*THREAD, *PEOPLE)
    return rows.order_by(f"{sign}{field}", f"{sign}pk")[:count]


def _pinned_rows(board: int, at: datetime) -> QuerySet[Thread]:
    liveliest = Thread.objects.filter(board=board, merged_into=None).pinned(at).order_by("-last_post_at", "-pk")
    # Hidden ones by themselves, so that the others are as many as a page shows.
    parts = [liveliest.filter(is_hidden=hidden)[:PINNED_SHOWN] for hidden in (False, True)]
    rows = Thread.objects.filter(pk__in=any_of(*parts))
    return rows.select_related("author", "last_author").only(*THREAD, *PEOPLE).order_by("-last_post_at", "-pk")


_board = Prepared(_board_rows)
_threads = Prepared(_thread_rows)
_pinned = Prepared(_pinned_rows)


def board_face(city: str, board: str, place: BoardPlace) -> BoardFace:
    """Return the face of a page of a board; raise Http404 for a board or page that is not there for anybody.

    Who may see the board and its hidden threads is still to be asked. Four queries, where few threads are hidden.
    """
    at = timezone.now()
    found: Any = _board(city, board, at)
    if not found:
        raise Http404("No such board")
    [here] = found
    lasts_until(here.pins_end)
    rows = _rows_of(here, place, at)
    pinned = _pinned(here.pk, at) if place.is_first else []
    in_place([*rows, *pinned], here.city, [here])
    notices = notices_in_force(Viewer(), here.city) if place.is_first else []
    return BoardFace(
        place=place,
        board=here,
        rows=rows,
        pinned=pinned,
        notices=notices,
        keys={row.pk: key_of(row) for row in (*rows, *pinned)},
        print=print_of([here, here.city, *notices]),
    )


def _rows_of(board: Board, place: BoardPlace, at: datetime) -> list[Thread]:
    field = SORTS[place.sort]
    has_month = bool(place.month) and place.sort in ("active", "new")
    until = [end_of(place.month)] if place.month and has_month else []
    side = "above" if place.before and not place.after else "below"
    mark = place.after or place.before
    start = place_in(Thread, field, mark) if mark else ()

    def read(last: Thread | None, count: int) -> list[Thread]:
        beyond = (getattr(last, field), last.pk) if last else start
        shape = (place.sort, side if beyond else "", has_month)
        return _threads(board.pk, at, count, *beyond, *until, shape=shape)

    return read_until_enough(read, PAGE_SIZE + 1)


def end_of(month: str) -> datetime:
    """Return the first moment after a month written 2026-09, in the reader's zone; raise Http404 for anything else."""
    try:
        year, number = (int(part) for part in month.split("-"))
        start = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)
    except (ValueError, OverflowError) as problem:
        raise Http404(f"No month {month!r}") from problem
    return start.replace(tzinfo=timezone.get_current_timezone())


def weight_of(face: BoardFace) -> int:
    """Return how many bytes of memory a face takes, about."""
    return 12_000 + 3_500 * len(face.keys)


@dataclass
class BoardPage:
    """What one viewer sees of a page of a board."""

    viewer: Viewer
    face: BoardFace
    pinned: list[Listed]
    threads: Slice[Listed]
    watch_level: str | None
    may_write: Verdict

    @cached_property
    def head_key(self) -> Hashable:
        """What decides what the page says of itself in its head."""
        face = self.face
        ends = (self.threads.older, self.threads.newer)
        return (face.print, face.place.sort, face.place.is_first, ends, self.viewer.is_signed_in)

    @cached_property
    def top_key(self) -> Hashable:
        """What decides how all looks that stands above the threads."""
        refusal = str(self.may_write.reason) if self.may_write.is_sanction else ""
        place = self.face.place
        return (self.face.print, place.sort, place.is_first, bool(self.may_write), refusal, self.viewer.is_signed_in)

    @cached_property
    def rail_key(self) -> Hashable:
        """What decides how all looks that stands beside the threads."""
        place = self.face.place
        return (self.face.print, place.sort, place.month, self.watch_level, self.viewer.is_signed_in)


def board_page(viewer: Viewer, face: BoardFace) -> BoardPage:
    """Return the page of a board as the viewer may see it; raise Http404 when they may not see the board.

    No query for a visitor, two for a member: what is new to them in the threads, and how they watch the board.
    """
    if not can_see_board(viewer, face.board):
        raise Http404("No such board")
    pinned, seen, place = seen_by(viewer, face.pinned)[:PINNED_SHOWN], seen_by(viewer, face.rows), face.place
    threads = page_of(seen, SORTS[place.sort], size=PAGE_SIZE, after=place.after, before=place.before)
    listed = with_marks(viewer, [*pinned, *threads.items], face.keys)
    return BoardPage(
        viewer=viewer,
        face=face,
        pinned=listed[: len(pinned)],
        threads=Slice(listed[len(pinned) :], threads.older, threads.newer),
        watch_level=watch_of_board(viewer, face.board),
        may_write=can_create_thread(viewer, face.board),
    )
