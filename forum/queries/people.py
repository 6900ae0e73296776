"""People as others see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db.models import Count, Exists, F, OuterRef, Q, Sum, Value
from django.db.models.functions import Coalesce, Lower
from django.http import Http404

from accounts.models import User
from forum.models import City, Digest, Membership, Post, Recommendation
from forum.permissions.cities import in_readable_city
from forum.permissions.people import PARTS, can_see_part, visible_people
from forum.permissions.posts import visible_posts
from forum.permissions.roles import Viewer
from forum.queries.digests import digests_of
from forum.queries.paging import Slice, keyset
from forum.queries.watches import with_watch_level

DIGESTS_SHOWN = 50
MUCH = 2_000  # posts of one person
KEPT_FOR, KEPT_AT_MOST = 10 * 60, 60 * 60  # seconds; in proportion, the former for MUCH


@dataclass(frozen=True, slots=True)
class Numbers:
    """How much a person wrote that the viewer may see, and how often it was recommended."""

    threads: int
    posts: int
    recommendations: int


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What the page of a person shows. A part that the person does not show to the viewer is None.

    `memberships` are there in any case, for what officers may do; the page lists them when it `shows_cities`.
    """

    person: User
    memberships: list[Membership]
    shows_cities: bool
    posts: Slice[Post] | None
    digests: list[Digest] | None
    numbers: Numbers | None
    shows_recommendations: bool


def get_person(name: str, *, viewer: Viewer | None = None) -> User:
    """Return the person of that sign-in name, in whatever case it is written; raise Http404.

    Who closed their account still has a page, which says so. For a `viewer` it has their `watch_level`.
    """
    people = visible_people().annotate(lower=Lower("username"))
    person = with_watch_level(viewer or Viewer(), people.filter(lower=Lower(Value(name))), "person").first()
    if person is None:
        raise Http404("Nobody has this name")
    return person


def person_page(viewer: Viewer, person: User, *, marks: Mapping[str, Any]) -> PersonPage:
    """Return all that the page of a person shows: at most four queries. Raises Http404 for a mark that is none."""
    cities, posts, recommendations, digests = (can_see_part(viewer, person, part) for part in PARTS)
    return PersonPage(
        person=person,
        memberships=memberships_of(viewer, person),
        shows_cities=cities,
        posts=posts_by(viewer, person, marks=marks) if posts else None,
        digests=digests_of(viewer, person, limit=DIGESTS_SHOWN) if digests else None,
        numbers=numbers_of(viewer, person) if posts else None,
        shows_recommendations=recommendations,
    )


def memberships_of(viewer: Viewer, person: User) -> list[Membership]:
    """Return the person's memberships in cities the viewer may read, offices first, with the cities."""
    rows = Membership.objects.present().filter(user=person).select_related("city")
    if person != viewer.user:
        rows = rows.filter(in_readable_city(viewer))
    return list(rows.order_by("-role", "joined_at", "pk"))


def posts_by(viewer: Viewer, person: User, *, marks: Mapping[str, Any], size: int = 20) -> Slice[Post]:
    """Return one page of the person's posts that the viewer may see, the newest first; one query."""
    rows = Post.objects.filter(author=person).select_related("thread__city")
    return keyset(visible_posts(viewer, rows), field="created_at", marks=marks, size=size)


def recommended_posts_of(viewer: Viewer, person: User, *, marks: Mapping[str, Any], size: int = 20) -> Slice[Post]:
    """Return a page of the person's posts that others recommended and the viewer may see, the newest first; one query.

    Raises Http404 when the person does not show what they were recommended for.
    """
    _require_part(viewer, person, "recommendations")
    rows = Post.objects.filter(author=person).select_related("thread__city")
    rows = rows.filter(Q(recommendations_count__gt=0) | Q(earlier_recommendations__gt=0))
    return keyset(visible_posts(viewer, rows), field="created_at", marks=marks, size=size)


def recommendations_by(
    viewer: Viewer, person: User, *, marks: Mapping[str, Any], size: int = 20
) -> Slice[Recommendation]:
    """Return a page of what the person recommended and the viewer may see, the latest first; one query.

    Raises Http404 when the person does not show it.
    """
    _require_part(viewer, person, "recommendations")
    post = Exists(visible_posts(viewer, Post.objects.filter(pk=OuterRef("post"))))
    rows = Recommendation.objects.filter(post, user=person)
    rows = rows.select_related("post__author", "post__thread__city")
    return keyset(rows, field="created_at", marks=marks, size=size)


def _require_part(viewer: Viewer, person: User, part: str) -> None:
    if not can_see_part(viewer, person, part):
        raise Http404("This person does not show it")


def shown_author(viewer: Viewer, name: str) -> User:
    """Return the person of that name; raise Http404 for nobody, and for who does not show the viewer their posts."""
    person = get_person(name)
    _require_part(viewer, person, "posts")
    return person


def numbers_of(viewer: Viewer, person: User) -> Numbers:
    """Return the person's numbers as far as the viewer may see what is counted; one query.

    All that the person wrote has to be read for it. So the numbers of those who wrote MUCH are kept, for everybody who
    sees what visitors see, and the longer the more there is: counting takes the same part of the time for anybody.
    """
    viewer = _in_place_of(viewer, person)
    key = f"numbers:{person.pk}:{viewer.user.pk if viewer.user else 0}"
    kept: Numbers | None = caches["local"].get(key)
    if kept is not None:
        return kept
    counted = visible_posts(viewer, Post.objects.filter(author=person)).aggregate(
        threads=Count("pk", filter=Q(number=1)),
        posts=Count("pk"),
        recommendations=Coalesce(Sum(F("recommendations_count") + F("earlier_recommendations")), 0),
    )
    numbers = Numbers(**counted)
    if numbers.posts >= MUCH:
        caches["local"].set(key, numbers, min(KEPT_FOR * numbers.posts // MUCH, KEPT_AT_MOST))
    return numbers


def _in_place_of(viewer: Viewer, person: User) -> Viewer:
    """Return a visitor in place of a viewer to whom nothing is open that is not to all."""
    halls = any(viewer.is_officer(city) for city in viewer.city_ids)
    sees_more = viewer.is_moderator or viewer.user == person or viewer.standing.closed or halls
    return viewer if sees_more else Viewer()


def cities_governed_by(person: User) -> list[City]:
    """Return the open cities of which the person is mayor; one query."""
    mayors = Membership.objects.filter(user=person, role=Membership.Role.MAYOR)
    return list(City.objects.open().filter(pk__in=mayors.values("city")).order_by("name", "pk"))
