"""The face of a board's page: what everybody sees alike, hidden threads among it for who sees them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import Exists, Min, QuerySet, Subquery, Value
from django.http import Http404
from django.utils import timezone

from accounts.lasting import lasts_until
from accounts.prepared import Prepared, Remembered
from forum.models import Board, Notice, Thread
from forum.permissions.roles import Viewer
from forum.queries.list_rows import PEOPLE, REMEMBERED, THREAD, Listed, any_of, listed, read_until_enough
from forum.queries.notices import notices_in_force
from forum.queries.paging import PAGE_SIZE, beyond_place, place_in
from forum.queries.prints import print_of
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
class BoardHere:
    """A board as its pages show it, without what stands on it: it changes when its city does, by no thread.

    `print` changes with any of it.
    """

    board: Board
    notices: list[Notice]
    print: int


@dataclass(slots=True)
class BoardFace:
    """What stands on a page of a board. Nothing in it is ever changed: others look at it as well.

    `rows` and `pinned` hold hidden threads too, for who sees them.
    """

    place: BoardPlace
    here: BoardHere
    rows: list[Listed]
    pinned: list[Listed]


def _board_rows(city: str, board: str) -> QuerySet[Board]:
    return Board.objects.filter(city__slug=city, slug=board).select_related("city")


def _pins(board: int) -> QuerySet[Thread]:
    return Thread.objects.filter(board=board, is_pinned=True).order_by()


def _ends_of_pins(board: int, at: datetime) -> QuerySet[Any, Any]:
    ends = _pins(board).filter(pinned_until__gt=at).values("board").annotate(first=Min("pinned_until"))
    return ends.values_list("first", flat=True)


def _thread_rows(
    sort: str, side: str, has_month: bool, board: int, at: datetime, count: int, *places: Any
) -> QuerySet[Thread]:
    """Return rows of a board by an order; `places` are the value and id of a mark, and the end of a month.

    Each says whether the board `has_pins`, and `pins_end`, when the first of these comes among the others.
    """
    field, sign = SORTS[sort], "" if side == "above" else "-"
    rows = Thread.objects.filter(board=board, merged_into=None).unpinned(at)
    if has_month:
        rows = rows.filter(**{f"{field}__lt": places[-1]})
    if side:
        rows = rows.filter(beyond_place(field, Value(places[0]), Value(places[1]), above=side == "above"))
    rows = rows.annotate(has_pins=Exists(_pins(board)), pins_end=Subquery(_ends_of_pins(board, at)))
    rows = rows.select_related("author", "last_author").only(*THREAD, *PEOPLE, field)
    return rows.order_by(f"{sign}{field}", f"{sign}pk")[:count]


def _pinned_rows(board: int, at: datetime) -> QuerySet[Thread]:
    liveliest = Thread.objects.filter(board=board, merged_into=None).pinned(at).order_by("-last_post_at", "-pk")
    # Hidden ones by themselves, so that the others are as many as a page shows.
    parts = [liveliest.filter(is_hidden=hidden)[:PINNED_SHOWN] for hidden in (False, True)]
    rows = Thread.objects.filter(pk__in=any_of(*parts))
    return rows.select_related("author", "last_author").only(*THREAD, *PEOPLE).order_by("-last_post_at", "-pk")


_board = Prepared(_board_rows)
_threads = Remembered(_thread_rows, listed, most=REMEMBERED)
_pinned = Remembered(_pinned_rows, listed, most=REMEMBERED)
_ends = Prepared(_ends_of_pins)


def board_here(city: str, board: str) -> BoardHere:
    """Return the board with the notices of its city; raise Http404 for one that there is not. Two queries."""
    found = _board(city, board)
    if not found:
        raise Http404("No such board")
    [here] = found
    notices = notices_in_force(Viewer(), here.city)
    return BoardHere(here, notices, print_of([here, here.city, *notices]))


def board_face(here: BoardHere, place: BoardPlace) -> BoardFace:
    """Return the face of a page of a board; raise Http404 for a page that is not there for anybody.

    Who may see the board and its hidden threads is still to be asked. Two queries at most, where few are hidden.
    """
    at = timezone.now()
    rows = _rows_of(here.board, place, at)
    has_pins, ends = _told_of_pins(rows[0].thread) if rows else (True, _ends(here.board.pk, at))
    for end in ends:
        lasts_until(end)
    pinned = _pinned.found(here.board.pk, at) if has_pins and place.is_first else []
    return BoardFace(place, here, rows, pinned)


def _told_of_pins(thread: Any) -> tuple[bool, list[datetime | None]]:
    return thread.has_pins, [thread.pins_end]


def _rows_of(board: Board, place: BoardPlace, at: datetime) -> list[Listed]:
    field = SORTS[place.sort]
    has_month = bool(place.month) and place.sort in ("active", "new")
    until = [end_of(place.month)] if place.month and has_month else []
    side = "above" if place.before and not place.after else "below"
    mark = place.after or place.before
    start = place_in(Thread, field, mark) if mark else ()

    def read(last: Thread | None, count: int) -> list[Listed]:
        beyond = (getattr(last, field), last.pk) if last else start
        shape = (place.sort, side if beyond else "", has_month)
        return _threads.found(board.pk, at, count, *beyond, *until, shape=shape)

    return read_until_enough(read, PAGE_SIZE + 1)


def end_of(month: str) -> datetime:
    """Return the first moment after a month written 2026-09, in the reader's zone; raise Http404 for anything else."""
    try:
        year, number = (int(part) for part in month.split("-"))
        start = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)
    except (ValueError, OverflowError) as problem:
        raise Http404(f"No month {month!r}") from problem
    return start.replace(tzinfo=timezone.get_current_timezone())


def weight_here(here: BoardHere) -> int:
    """Return how many bytes of memory a board with its notices takes, about."""
    return 8_000 + 4_000 * len(here.notices)


def weight_of(face: BoardFace) -> int:
    """Return how many bytes of memory a face takes, about."""
    return 2_000 + 3_500 * (len(face.rows) + len(face.pinned))
