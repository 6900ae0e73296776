"""The people of a city: officers, citizens, and who is who by name. Who is banned stands in no list meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import caches
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.folding import is_same
from accounts.models import User
from accounts.prepared import Prepared, Remembered
from forum.models import City, Membership, Post
from forum.permissions.roles import Viewer
from forum.queries.paging import Slice, keyset
from forum.queries.recommendations import NAMED

NEWEST_SHOWN = 8
_SHOWN = (*NAMED, "avatar")  # of a person
CITIZENS_PER_PAGE = 60
SUGGESTED = 200
MUCH, KEPT_FOR = 2_000, 10 * 60  # posts of one person in one city; seconds for which their number is kept


@dataclass(frozen=True, slots=True)
class Citizen:
    """A citizen with the number of posts they wrote in this city."""

    membership: Membership
    posts: int


def _newest_rows(city: int, at: datetime) -> QuerySet[Membership]:
    rows = Membership.objects.present(at).filter(city=city).select_related("user").order_by("-joined_at", "-pk")
    return rows.only("joined_at", "city", "user", *(f"user__{name}" for name in _SHOWN))[:NEWEST_SHOWN]


def _officer_rows(city: int, at: datetime) -> QuerySet[Membership]:
    rows = Membership.objects.present(at).filter(city=city).by_office().select_related("user")
    return rows.only("role", "city", "user", *(f"user__{name}" for name in _SHOWN))


_officers = Prepared(_officer_rows)
_newest = Remembered(_newest_rows, lambda row: row, most=200)


def officers_by_office(city: int) -> list[Membership]:
    """Return mayor and deputies of a city in the order of their offices; one query."""
    return _officers(city, timezone.now())


def newest_citizens(city: int) -> list[Membership]:
    """Return those of a city who came last, the newest first; one query. Nobody may change them."""
    return _newest.found(city, timezone.now())


def _with_posts(city: City, rows: list[Membership]) -> list[Citizen]:
    """Return the memberships with the number of shown posts each person wrote in the city; one query.

    Of those who wrote MUCH the number may be some minutes old: all that they wrote has to be read for it.
    """
    keys = {row.user_id: f"posts:{city.pk}:{row.user_id}" for row in rows}
    kept: dict[str, int] = caches["local"].get_many(keys.values())
    people = [person for person, key in keys.items() if key not in kept]
    posts = Post.objects.filter(author__in=people, thread__city=city, is_hidden=False, thread__is_hidden=False)
    counts: dict[int, int] = dict(posts.order_by().values_list("author").annotate(number=Count("pk")))
    caches["local"].set_many({keys[person]: n for person, n in counts.items() if n >= MUCH}, KEPT_FOR)
    return [Citizen(row, kept.get(keys[row.user_id], counts.get(row.user_id, 0))) for row in rows]


def officers_in_city(viewer: Viewer, city: City) -> list[Citizen]:
    """Return mayor and deputies in the order of their offices; two queries."""
    return _with_posts(city, list(Membership.objects.present().filter(city=city).by_office().select_related("user")))


def citizens_in_city(viewer: Viewer, city: City, *, marks: Mapping[str, Any]) -> Slice[Citizen]:
    """Return one page of the citizens who hold no office, the newest first; two queries."""
    rows = Membership.objects.present().filter(city=city, role=Membership.Role.CITIZEN).select_related("user")
    page = keyset(rows, field="joined_at", marks=marks, size=CITIZENS_PER_PAGE)
    return Slice(_with_posts(city, page.items), page.older, page.newer)


def deputies_of_city(viewer: Viewer, city: City) -> list[Membership]:
    """Return the memberships of the deputy mayors, the longest in office first."""
    return list(Membership.objects.filter(city=city, role=Membership.Role.DEPUTY).by_office().select_related("user"))


def citizens_to_name(viewer: Viewer, city: City) -> list[User]:
    """Return citizens without office, to suggest while a name is typed; the longest citizens first."""
    rows = Membership.objects.present().filter(city=city, role=Membership.Role.CITIZEN).select_related("user")
    return [row.user for row in rows.order_by("joined_at", "pk")[:SUGGESTED]]


def citizens_called(viewer: Viewer, city: City, name: str) -> list[User]:
    """Return the citizens of that sign-in name, else those of that display name (several may share one)."""
    people = User.objects.filter(Exists(Membership.objects.present().filter(city=city, user=OuterRef("pk"))))
    name = name.strip().removeprefix("@")
    return list(people.filter(is_same("username", name))) or list(people.filter(display_name=name)[:2])
