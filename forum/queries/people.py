"""People as others see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, Sum, Value
from django.db.models.functions import Coalesce, Lower
from django.http import Http404

from accounts.models import User
from forum.models import City, Digest, Membership, Post
from forum.permissions.cities import visible_cities
from forum.permissions.posts import visible_posts
from forum.permissions.roles import Viewer
from forum.queries.digests import digests_of
from forum.queries.paging import Slice, keyset

DIGESTS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Numbers:
    """How much a person wrote that the viewer may see, and how often it was recommended."""

    threads: int
    posts: int
    recommendations: int


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What the page of a person shows."""

    person: User
    memberships: list[Membership]
    posts: Slice[Post]
    digests: list[Digest]
    numbers: Numbers


def get_person(name: str) -> User:
    """Return the active person of that sign-in name, in whatever case it is written; raise Http404."""
    people = User.objects.annotate(lower=Lower("username")).filter(lower=Lower(Value(name)), is_active=True)
    person = people.first()
    if person is None:
        raise Http404("Nobody has this name")
    return person


def person_page(viewer: Viewer, person: User, *, marks: Mapping[str, Any]) -> PersonPage:
    """Return all that the page of a person shows: four queries. Raises Http404 for a mark that cannot be read."""
    return PersonPage(
        person=person,
        memberships=memberships_of(viewer, person),
        posts=posts_by(viewer, person, marks=marks),
        digests=digests_of(viewer, person, limit=DIGESTS_SHOWN),
        numbers=numbers_of(viewer, person),
    )


def memberships_of(viewer: Viewer, person: User) -> list[Membership]:
    """Return the person's memberships in cities the viewer may read, offices first, with the cities."""
    rows = Membership.objects.present().filter(user=person).select_related("city")
    if person != viewer.user:
        rows = rows.filter(city__in=visible_cities(viewer, City.objects.all()))
    return list(rows.order_by("-role", "joined_at", "pk"))


def posts_by(viewer: Viewer, person: User, *, marks: Mapping[str, Any], size: int = 20) -> Slice[Post]:
    """Return one page of the person's posts that the viewer may see, the newest first; one query."""
    rows = Post.objects.filter(author=person).select_related("thread__city")
    return keyset(visible_posts(viewer, rows), field="created_at", marks=marks, size=size)


def numbers_of(viewer: Viewer, person: User) -> Numbers:
    """Return the person's numbers as far as the viewer may see what is counted; one query."""
    counted = visible_posts(viewer, Post.objects.filter(author=person)).aggregate(
        threads=Count("pk", filter=Q(number=1)),
        posts=Count("pk"),
        recommendations=Coalesce(Sum(F("recommendations_count") + F("earlier_recommendations")), 0),
    )
    return Numbers(**counted)
