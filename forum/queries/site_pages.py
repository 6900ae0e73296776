"""The faces of the home page and of the directory: alike for everybody who may read the same."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page
from django.db.models import QuerySet
from django.utils import timezone

from accounts.lasting import lasts_until
from accounts.models import User
from accounts.prepared import Prepared, Remembered
from forum.models import City, Membership, Notice, Thread
from forum.permissions.cities import readable_cities
from forum.permissions.roles import Viewer
from forum.permissions.standing import Standing
from forum.permissions.threads import visible_threads
from forum.queries.cities import DirectoryGroup, cities_in_directory, directory_groups
from forum.queries.list_rows import PEOPLE, PLACES, REMEMBERED, THREAD, Listed, digest_of, listed
from forum.queries.notices import notices_in_force
from forum.queries.prints import print_of
from forum.queries.thread_lists import LATELY

NEWEST_SHOWN: Final = 12
RECOMMENDED_SHOWN: Final = 8
CITIES_SHOWN: Final = 6
_CITY: Final = ("slug", "name", "seal", "ink", "crest", "visibility")


@dataclass(frozen=True, slots=True)
class Sight:
    """Which cities somebody may read besides the public ones: all, or these that only their citizens read."""

    is_all: bool = False
    closed: tuple[int, ...] = ()


def sight_of(viewer: Viewer) -> Sight:
    """Return what the viewer may read; most people may read the same."""
    return Sight(is_all=True) if viewer.is_moderator else Sight(closed=tuple(sorted(viewer.standing.closed)))


def _who_sees(is_all: bool, closed: tuple[int, ...]) -> Viewer:
    """Return somebody of that sight, who wrote nothing and governs nowhere."""
    if not is_all and not closed:
        return Viewer()
    viewer = Viewer(User(pk=0, is_staff=is_all))
    viewer.standing = Standing(roles=dict.fromkeys(closed, Membership.Role.CITIZEN))
    return viewer


@dataclass(slots=True)
class HomeFace:
    """What stands on the home page. Nothing in it is ever changed: others look at it as well.

    `print` changes with the notices, `print_of_rail` with what stands beside the newest threads.
    """

    notices: list[Notice]
    cities: list[City]
    newest: list[Listed]
    recommended: list[Thread]
    print: int
    print_of_rail: int


def _newest_rows(is_all: bool, _closed: int, *closed: int) -> QuerySet[Thread]:
    rows = visible_threads(_who_sees(is_all, closed), Thread.objects.filter(is_hidden=False))
    rows = rows.select_related("author", "last_author", "board", "city").only(*THREAD, *PEOPLE, *PLACES)
    return rows.order_by("-last_post_at", "-pk")[:NEWEST_SHOWN]


def _recommended_rows(is_all: bool, _closed: int, since: datetime, *closed: int) -> QuerySet[Thread]:
    liked = Thread.objects.filter(is_hidden=False, last_post_at__gte=since, recommendations_count__gt=0)
    rows = visible_threads(_who_sees(is_all, closed), liked)
    rows = rows.only("title", "language", "recommendations_count", "last_post_at")
    return rows.order_by("-recommendations_count", "-pk")[:RECOMMENDED_SHOWN]


def _city_rows(is_all: bool, _closed: int, *closed: int) -> QuerySet[City]:
    rows = City.objects.filter(readable_cities(_who_sees(is_all, closed))).only(*_CITY)
    return rows.order_by("-last_activity_at", "-pk")[:CITIES_SHOWN]


_newest = Remembered(_newest_rows, listed, most=REMEMBERED)
_recommended = Prepared(_recommended_rows)
_cities = Prepared(_city_rows)


def home_face(sight: Sight) -> HomeFace:
    """Return the face of the home page for who may read the same; four queries."""
    shape = (sight.is_all, len(sight.closed))
    newest = _newest.found(*sight.closed, shape=shape)
    recommended = _recommended(timezone.now() - LATELY, *sight.closed, shape=shape)
    for thread in recommended:
        lasts_until(thread.last_post_at + LATELY)
    notices, cities = notices_in_force(Viewer(), None), _cities(*sight.closed, shape=shape)
    told = [(thread.pk, thread.title, thread.language, thread.recommendations_count) for thread in recommended]
    return HomeFace(
        notices=notices,
        cities=cities,
        newest=newest,
        recommended=recommended,
        print=print_of(notices),
        print_of_rail=print_of(cities, digest_of(told)),
    )


def weight_of_home(face: HomeFace) -> int:
    """Return how many bytes of memory a face takes, about."""
    return 10_000 + 5_500 * len(face.newest)


@dataclass(frozen=True, slots=True)
class DirectoryPlace:
    """Which page of the directory: a category, a part of a name, the order, the number of the page."""

    category: str = ""
    name: str = ""
    sort: str = "active"
    page: str = "1"


@dataclass(slots=True)
class DirectoryFace:
    """What stands on a page of the directory. Nothing in it is ever changed: others look at it as well.

    `keys` says by the id of each city how its row looks, `print` changes with anything on the page.
    """

    page: "Page[City]"
    groups: list[DirectoryGroup]
    notices: list[Notice]
    keys: dict[int, Hashable]
    print: int


def directory_face(place: DirectoryPlace) -> DirectoryFace:
    """Return the face of a page of the directory; four queries."""
    page = cities_in_directory(category=place.category, name=place.name, sort=place.sort, page=place.page)
    groups, notices = directory_groups(), notices_in_force(Viewer(), None)
    keys: dict[int, Hashable] = {city.pk: _key_of_city(city) for city in page.object_list}
    places = [category for group in groups for category in (group.category, *group.children)]
    counts = [group.count for group in groups]
    return DirectoryFace(
        page=page,
        groups=groups,
        notices=notices,
        keys=keys,
        print=print_of([*places, *notices], repr((list(keys.values()), page.paginator.count, counts)).encode()),
    )


def _key_of_city(city: Any) -> bytes:
    said = [getattr(city, name) for name in ("pk", *_CITY[:4], "description", "state", "visibility")]
    said += [str(city.crest), city.citizens_count, city.threads_count]
    return digest_of((said, city.category.name_zh, city.category.name_en))


def weight_of_directory(face: DirectoryFace) -> int:
    """Return how many bytes of memory a face takes, about."""
    return 10_000 + 4_000 * len(face.keys) + 1_500 * sum(1 + len(group.children) for group in face.groups)
