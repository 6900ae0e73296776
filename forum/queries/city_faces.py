"""The face of a city's front page: what everybody sees alike, hidden threads among it for who sees them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from django.db.models import QuerySet, Value
from django.http import Http404
from django.utils import timezone

from accounts.prepared import Prepared, Remembered
from forum.models import Board, City, Membership, Notice, Thread
from forum.permissions.roles import Viewer
from forum.queries.elections import RunningVote, running_vote, with_running_election
from forum.queries.list_rows import (
    PEOPLE,
    PLACES,
    REMEMBERED,
    SPARE,
    THREAD,
    Listed,
    any_of,
    listed,
    read_until_enough,
)
from forum.queries.memberships import newest_citizens, officers_by_office
from forum.queries.notices import notices_in_force
from forum.queries.paging import beyond_place
from forum.queries.prints import print_of

THREADS_SHOWN: Final = 20


@dataclass(slots=True)
class CityHere:
    """What a city's front page shows that changes only when the face of the city does; `print` with any of it."""

    officers: list[Membership]
    notices: list[Notice]
    print: int

    @property
    def mayor(self) -> Membership | None:
        """Who is the mayor."""
        return next((one for one in self.officers if one.role == Membership.Role.MAYOR), None)

    @property
    def deputies(self) -> list[Membership]:
        """The deputy mayors, the longest in office first."""
        return [one for one in self.officers if one.role == Membership.Role.DEPUTY]


@dataclass(slots=True)
class CityFace:
    """What stands on a city's front page. Nothing in it is ever changed: others look at it as well.

    `threads` stand in the order of the page, hidden ones too, for who sees them. `print` changes with what stands above
    the threads, `print_of_rail` with what stands beside them.
    """

    here: CityHere
    city: City
    boards: list[Board]
    newest: list[Membership]
    threads: list[Listed]
    print: int
    print_of_rail: int

    @property
    def vote(self) -> RunningVote | None:
        """The vote under way."""
        return running_vote(self.city)


def _city_rows(slug: str) -> QuerySet[City]:
    return with_running_election(City.objects.select_related("rules").filter(slug=slug))


def _board_rows(city: int) -> QuerySet[Board]:
    return Board.objects.filter(city=city)


def _thread_rows(city: int, at: datetime) -> QuerySet[Thread]:
    rows = Thread.objects.filter(city=city, merged_into=None).order_by("-last_post_at", "-pk")
    # Each found along an index of its own; an order by both at once would sort all threads of the city. Pinned ones
    # that are hidden by themselves, so that the others are as many as the page shows.
    pinned = [rows.pinned(at).filter(is_hidden=hidden)[:THREADS_SHOWN] for hidden in (False, True)]
    return _dressed(Thread.objects.filter(pk__in=any_of(*pinned, rows[: THREADS_SHOWN + SPARE])))


def _later_rows(city: int, count: int, at: datetime, pk: int) -> QuerySet[Thread]:
    follows = beyond_place("last_post_at", Value(at), Value(pk), above=False)
    return _dressed(Thread.objects.filter(follows, city=city, merged_into=None))[:count]


def _dressed(rows: QuerySet[Thread]) -> QuerySet[Thread]:
    rows = rows.select_related("author", "last_author", "board", "city").only(*THREAD, *PEOPLE, *PLACES)
    return rows.order_by("-last_post_at", "-pk")


_city = Prepared(_city_rows)
_boards = Prepared(_board_rows)
_threads = Remembered(_thread_rows, listed, most=REMEMBERED)
_later = Remembered(_later_rows, listed, most=REMEMBERED)


def city_here(city: City) -> CityHere:
    """Return the officers and notices of a city; two queries."""
    officers, notices = officers_by_office(city.pk), notices_in_force(Viewer(), city)
    return CityHere(officers, notices, print_of([*officers, *(one.user for one in officers), *notices]))


def city_face(slug: str, kept: Callable[[Callable[[], CityHere]], CityHere] = lambda make: make()) -> CityFace:
    """Return the face of a city's front page; raise Http404 when there is no such city.

    Who may read the city and see its hidden threads is still to be asked. Four queries, where few threads are hidden,
    besides those of `city_here`; `kept` returns what that returns, or returned before.
    """
    found = _city(slug)
    if not found:
        raise Http404("No such city")
    [city] = found
    boards, newest, here = _boards(city.pk), newest_citizens(city.pk), kept(partial(city_here, city))
    for board in boards:
        board.city = city
    rules = city._state.fields_cache.get("rules")
    beside = [*boards, *newest, *(one.user for one in newest)]
    counts = (city.citizens_count, *(board.threads_count for board in boards))
    return CityFace(
        here=here,
        city=city,
        boards=boards,
        newest=newest,
        threads=_rows_of(city),
        print=print_of([city, *([rules] if rules else [])], here.print, city.recommendations_count),
        print_of_rail=print_of(beside, city.slug, city.visibility, *counts),
    )


def _rows_of(city: City) -> list[Listed]:
    """Return the liveliest threads, pinned ones first, until as many as the page shows are seen by everybody."""
    found = _threads.found(city.pk, timezone.now())

    def read(last: Thread | None, count: int) -> list[Listed]:
        if last is None:
            return found[:count]  # behind them pinned ones
        return _later.found(city.pk, count, last.last_post_at, last.pk)

    rows = [*read_until_enough(read, THREADS_SHOWN), *found]
    return sorted({row.thread.pk: row for row in rows}.values(), key=_place, reverse=True)


def _place(row: Listed) -> tuple[bool, datetime, int]:
    thread = row.thread
    return (thread.is_on_top, thread.last_post_at, thread.pk)


def weight_of(face: CityFace) -> int:
    """Return how many bytes of memory a face takes, about."""
    return 20_000 + 3_500 * len(face.threads) + 1_500 * len(face.boards)


def weight_here(here: CityHere) -> int:
    """Return how many bytes of memory officers and notices take, about."""
    return 3_000 * len(here.officers) + 4_000 * len(here.notices)
