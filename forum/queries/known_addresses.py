"""The addresses that search engines are told: everything that a visitor may read, in parts by number.

A part holds what has its numbers (ids) between two marks, so that a part that is full changes only when something in it
does, and is found by one walk along the ids whatever its number is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.urls import reverse

from accounts.models import User
from forum.models import Board, City, Digest, Post, Thread
from forum.permissions.boards import visible_boards
from forum.permissions.cities import visible_cities
from forum.permissions.digests import visible_digests
from forum.permissions.people import audiences_of, visible_people
from forum.permissions.posts import visible_posts
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads

PART_SIZE = 10_000
LOOKED_AT = 1_000  # threads, for when a part last changed
PLAIN = ("home", "cities", "rights", "help_writing", "notices_of_site", "log_of_site")  # pages there is one of


@dataclass(frozen=True, slots=True)
class Known:
    """An address, and when what it leads to last changed, if that is known."""

    path: str
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of all addresses: its section, its number, and when something in it last changed, if that is known."""

    section: str
    number: int
    changed_at: datetime | None = None


def parts(viewer: Viewer) -> list[Part]:
    """Return the parts in which there is something for the viewer; one or two short queries for each part."""
    found = [Part("pages", 0)]
    found += [Part("cities", number, at) for number, at in _changes(_cities(viewer), "last_activity_at")]
    found += [Part("boards", number, at) for number, at in _changes(_boards(viewer), "last_activity_at")]
    latest = _latest_changes(viewer)
    found += [Part("threads", number, latest.get(number)) for number in _numbers(_threads(viewer))]
    found += [Part("people", number) for number in _numbers(_people(viewer))]  # of them only when they came is known
    return found + [Part("digests", number, at) for number, at in _changes(_digests(viewer), "changed_at")]


def _numbers(rows: QuerySet[Any]) -> Iterator[int]:
    """Yield the numbers of the parts in which there are rows, by leaping along the ids from part to part."""
    ids, start = rows.order_by("pk").values_list("pk", flat=True), 0
    while (pk := ids.filter(pk__gte=start).first()) is not None:
        yield pk // PART_SIZE
        start = (pk // PART_SIZE + 1) * PART_SIZE


def _changes(rows: QuerySet[Any], field: str) -> Iterator[tuple[int, datetime]]:
    """Yield the numbers of the parts, each with when something in it last changed."""
    for number in _numbers(rows):
        yield number, _cut(rows, number).aggregate(at=Max(field))["at"]


def _latest_changes(viewer: Viewer) -> dict[int, datetime]:
    """Return when something last changed in those parts of the threads to which the liveliest threads belong.

    Of the others it is not said: all threads of the site would have to be read.
    """
    latest: dict[int, datetime] = {}
    liveliest = _threads(viewer).order_by("-last_post_at", "-pk").values_list("pk", "last_post_at")
    for pk, at in liveliest[:LOOKED_AT]:
        latest.setdefault(pk // PART_SIZE, at)
    return latest


def addresses_in(viewer: Viewer, section: str, number: int) -> Iterator[Known]:
    """Yield the addresses of one part that the viewer may read, by their numbers; one query, for "pages" none.

    Raises KeyError for a section that there is none of.
    """
    if section == "pages":
        yield from (Known(reverse(name)) for name in PLAIN) if number == 0 else ()
        return
    yield from _SECTIONS[section](viewer, number)


def _cities(viewer: Viewer) -> QuerySet[City]:
    return visible_cities(viewer, City.objects.all())


def _boards(viewer: Viewer) -> QuerySet[Board]:
    return visible_boards(viewer, Board.objects.all())


def _threads(viewer: Viewer) -> QuerySet[Thread]:
    return visible_threads(viewer, Thread.objects.all())


def _people(viewer: Viewer) -> QuerySet[User]:
    written = visible_posts(viewer, Post.objects.filter(author=OuterRef("pk")))
    nameless = (User.Farewell.FORMER, User.Farewell.BLANK)
    people = visible_people().filter(Exists(written), posts_shown_to__in=audiences_of(viewer))
    return people.exclude(farewell__in=nameless)


def _digests(viewer: Viewer) -> QuerySet[Digest]:
    of_people = Exists(visible_people().filter(pk=OuterRef("owner")))
    return visible_digests(viewer, Digest.objects.filter(of_people, entries_count__gt=0))


def _cut[M: (City, Board, Thread, User, Digest)](rows: QuerySet[M], number: int) -> QuerySet[M]:
    return rows.filter(pk__gte=number * PART_SIZE, pk__lt=(number + 1) * PART_SIZE).order_by("pk")


def _city_addresses(viewer: Viewer, number: int) -> Iterator[Known]:
    for slug, at in _cut(_cities(viewer), number).values_list("slug", "last_activity_at"):
        yield Known(reverse("city", args=[slug]), at)


def _board_addresses(viewer: Viewer, number: int) -> Iterator[Known]:
    for city, slug, at in _cut(_boards(viewer), number).values_list("city__slug", "slug", "last_activity_at"):
        yield Known(reverse("board", args=[city, slug]), at)


def _thread_addresses(viewer: Viewer, number: int) -> Iterator[Known]:
    for pk, at in _cut(_threads(viewer), number).values_list("pk", "last_post_at"):
        yield Known(reverse("thread", args=[pk]), at)


def _person_addresses(viewer: Viewer, number: int) -> Iterator[Known]:
    for name in _cut(_people(viewer), number).values_list("username", flat=True):
        yield Known(reverse("person", args=[name]))


def _digest_addresses(viewer: Viewer, number: int) -> Iterator[Known]:
    for owner, slug, at in _cut(_digests(viewer), number).values_list("owner__username", "slug", "changed_at"):
        yield Known(reverse("digest", args=[owner, slug]), at)


_SECTIONS = {
    "cities": _city_addresses,
    "boards": _board_addresses,
    "threads": _thread_addresses,
    "people": _person_addresses,
    "digests": _digest_addresses,
}
