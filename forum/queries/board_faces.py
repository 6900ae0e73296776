"""The face of a board's page: what everybody sees alike, hidden threads among it for who sees them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import Min, OuterRef, QuerySet, Subquery, Value
from django.http import Http404
from django.utils import timezone

from accounts.lasting import lasts_until
from accounts.prepared import Prepared
from forum.models import Board, Notice, Thread
from forum.permissions.roles import Viewer
from forum.queries.list_rows import PEOPLE, THREAD, any_of, in_place, key_of, read_until_enough
from forum.queries.notices import notices_in_force
from forum.queries.paging import PAGE_SIZE, beyond_place, place_in
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
    print: int


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
