"""Sanctions of a city or of the site, as its officers see them; and a person's record there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from accounts.folding import is_same
from accounts.models import User
from forum.models import Appeal, City, Membership, Post, Sanction
from forum.permissions.roles import Viewer
from forum.permissions.sanctions import RANKS, can_lift_sanction, can_sanction_person, ranks_in
from forum.permissions.verdicts import Verdict
from forum.queries.conduct import Conduct, conduct_in
from forum.queries.paging import Slice, keyset

SANCTIONS_OF_PERSON = 20


@dataclass(frozen=True, slots=True)
class SanctionRow:
    """A sanction, whether it holds, and whether the viewer may lift it."""

    sanction: Sanction
    is_in_force: bool
    is_appealed: bool
    may_lift: Verdict


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """What a city knows of a person: since when a citizen in which role, their conduct, and what was imposed."""

    person: User
    membership: Membership | None
    conduct: Conduct
    sanctions: list[SanctionRow]
    may_sanction: Verdict


def _whole(city: City | None) -> QuerySet[Sanction]:
    waiting = Appeal.objects.filter(decision__sanction=OuterRef("pk"), state=Appeal.State.WAITING)
    rows = Sanction.objects.filter(city=city).annotate(is_appealed=Exists(waiting))
    return rows.select_related("person", "imposed_by", "lifted_by", "post__thread")


def _rows(viewer: Viewer, city: City | None, sanctions: list[Sanction]) -> list[SanctionRow]:
    """Return the sanctions with what the viewer may do; one query for the offices of who imposed them."""
    ranks = ranks_in(city, {one.imposed_by for one in sanctions})
    found = []
    for one in sanctions:
        one.city = city
        verdict = can_lift_sanction(viewer, one, rank=ranks[one.imposed_by_id])
        found.append(SanctionRow(one, one.is_in_force, getattr(one, "is_appealed", False), verdict))
    return found


def sanctions_in(
    viewer: Viewer, city: City | None, *, marks: Mapping[str, Any], is_all: bool = False
) -> Slice[SanctionRow]:
    """Return one page of the sanctions of the city (of the site when it is None), the newest first; two queries.

    Those in force, or with `is_all` also warnings and what has ended. Raises Http404 for a mark that cannot be read.
    """
    rows = _whole(city)
    if not is_all:
        rows = rows.in_force().exclude(kind=Sanction.Kind.WARNING)  # type: ignore[attr-defined]
    page = keyset(rows, field="created_at", marks=marks)
    return Slice(_rows(viewer, city, page.items), page.older, page.newer)


def sanction_in(viewer: Viewer, city: City | None, pk: int) -> SanctionRow:
    """Return one sanction of the city, or of the site when it is None; raise Http404 when there is none."""
    sanction = _whole(city).filter(pk=pk).first()
    if sanction is None:
        raise Http404("No such sanction")
    return _rows(viewer, city, [sanction])[0]


def record_of(viewer: Viewer, city: City | None, person: User) -> PersonRecord:
    """Return the person's record in the city, or on the site when it is None; four queries."""
    membership = Membership.objects.filter(city=city, user=person).first() if city else None
    conduct = conduct_in(city, [person.pk]).get(person.pk, Conduct()) if city else Conduct()
    sanctions = _whole(city).filter(person=person).order_by("-created_at", "-pk")[:SANCTIONS_OF_PERSON]
    rank = ranks_in(city, [person])[person.pk]
    return PersonRecord(
        person=person,
        membership=membership,
        conduct=conduct,
        sanctions=_rows(viewer, city, list(sanctions)),
        may_sanction=can_sanction_person(viewer, city, person.pk, rank=rank),
    )


def halls_over(viewer: Viewer, person: User, memberships: list[Membership]) -> list[City]:
    """Return the cities in which the viewer may sanction the person, whose memberships are known; one query at most."""
    places = [city for city in viewer.city_ids if viewer.may("sanction", city)]
    if not places or person.is_staff or person == viewer.user:
        return []
    roles = {row.city_id: row.role for row in memberships}
    return [
        city
        for city in City.objects.filter(pk__in=places).order_by("name", "pk")
        if can_sanction_person(viewer, city, person.pk, rank=RANKS.get(roles.get(city.pk, ""), 0))
    ]


def post_by(person: User, city: City | None, pk: str) -> Post | None:
    """Return the post of that id if the person wrote it (in the city, if one is given), None for anything else."""
    if not (pk.isascii() and pk.isdigit() and len(pk) < 18):
        return None
    rows = Post.objects.filter(pk=int(pk), author=person).select_related("thread__city", "author")
    return rows.filter(thread__city=city).first() if city else rows.first()


def people_called(name: str) -> list[User]:
    """Return the active people of that sign-in name, else those of that display name (several may share one)."""
    people, name = User.objects.filter(is_active=True), name.replace("\0", "").strip().removeprefix("@")
    return list(people.filter(is_same("username", name))) or list(people.filter(display_name=name)[:2])
