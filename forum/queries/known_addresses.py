"""The addresses that search engines are told: everything that a visitor may read, in parts by number.

A part holds what has its numbers (ids) between two marks, so that a part that is full changes only when something in it
does, and is found by one walk along the ids whatever its number is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, Max, OuterRef, QuerySet
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
    """Return the parts in which there is something for the viewer; five queries, which read every thread."""
    found = [Part("pages", 0)]
    for section, rows, field in (
        ("cities", _cities(viewer), "last_activity_at"),
        ("boards", _boards(viewer), "last_activity_at"),
        ("threads", _threads(viewer), "last_post_at"),
        ("people", _people(viewer), "date_joined"),
        ("digests", _digests(viewer), "changed_at"),
    ):
        counted = rows.order_by().annotate(part=F("pk") / PART_SIZE).values_list("part").annotate(Max(field))
        changing = section != "people"  # of people only when they came is known
        found += [Part(section, number, latest if changing else None) for number, latest in counted.order_by("part")]
    return found


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
    return visible_digests(viewer, Digest.objects.filter(entries_count__gt=0, owner__in=visible_people()))


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
