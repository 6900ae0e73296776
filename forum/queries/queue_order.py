"""The order of the queue: what waits for a decision, of all kinds, the most urgent first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import add
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forum.models import Appeal, Application, Case, City, Hold
from forum.permissions.reports import decidable_cases
from forum.permissions.roles import Viewer
from forum.queries.paging import Slice, read_moment

PER_PAGE = 20
REPORT, HELD, APPLICATION, APPEAL = "report", "held", "application", "appeal"
# What waits, by its name in addresses, with the ability that one needs to decide it.
KINDS: dict[str, tuple[Promise | str, str]] = {
    REPORT: (_("Reports"), "review"),
    HELD: (_("Held posts"), "approve"),
    APPLICATION: (_("Applications"), "admit"),
    APPEAL: (_("Appeals"), "hear"),
}
# How many hours of waiting a thing has ahead. Of a case it is its weight: the sum of those of its reports.
AHEAD = {HELD: 6, APPLICATION: 0, APPEAL: 6}


@dataclass(frozen=True, slots=True)
class Place:
    """One place in the queue: when the thing counts as having come, its kind and its id."""

    since: datetime
    kind: str
    pk: int

    def __str__(self) -> str:
        return f"{self.since.isoformat()}~{self.kind}~{self.pk}"


def kinds_for(viewer: Viewer, city: City) -> list[str]:
    """Return the kinds that the viewer may decide in the city."""
    return [kind for kind, (_label, ability) in KINDS.items() if viewer.may(ability, city)]


def waiting(viewer: Viewer, kind: str, city: City | OuterRef | None) -> QuerySet[Any]:
    """Return what waits of one kind for this viewer: in the city, or for the site's moderators when there is none.

    Nobody finds there what is about themselves, or an appeal against their own decision.
    """
    match kind:
        case "report":
            cases = decidable_cases(viewer, Case.objects.open())
            return cases.filter(city=city) if city else cases.filter(escalated_at__isnull=False)
        case "held":
            return Hold.objects.filter(state=Hold.State.WAITING, city=city).exclude(post__author=viewer.user)
        case "application":
            return Application.objects.filter(state=Application.State.WAITING, city=city).exclude(user=viewer.user)
    appeals = Appeal.objects.filter(state=Appeal.State.WAITING).exclude(person=viewer.user)
    appeals = appeals.exclude(decision__actor=viewer.user)
    if city is None:
        return appeals.filter(is_for_site=True)
    return appeals.filter(city=city) if viewer.is_moderator else appeals.filter(city=city, is_for_site=False)


def _ranked(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    """Return the rows with `since`: when they came, less an hour for each point of weight.

    As all grow older alike, this order is that of hours waited + weight, and does not change while nothing is reported.
    """
    ahead: Any = Value(timedelta(hours=AHEAD.get(kind, 0)), DurationField())
    if kind == REPORT:
        # SQLite multiplies lengths of time by plain integers only.
        weight = ExpressionWrapper(F("weight"), IntegerField())
        ahead = ExpressionWrapper(weight * Value(timedelta(hours=1), DurationField()), DurationField())
    since = ExpressionWrapper(F("created_at") - ahead, DateTimeField())
    return rows.annotate(since=since, kind=Value(kind, CharField()))


def _read(mark: str) -> Place:
    try:
        since, kind, pk = mark.split("~")
        place = Place(read_moment(since), kind, int(pk))
    except ValueError as problem:
        raise Http404("No such page") from problem
    if place.pk.bit_length() > 62:
        raise Http404("No such page")
    return place


def _beyond(kind: str, place: Place, *, before: bool) -> Q:
    """Return the condition on rows of the kind that stand after the place in the queue, or before it."""
    side = "lt" if before else "gt"
    if kind == place.kind:
        equal = Q(**{f"pk__{side}": place.pk})
    else:
        # An empty list of ids: of the kinds on this side none of that very moment.
        equal = Q() if (kind < place.kind) == before else Q(pk__in=())
    return Q(**{f"since__{side}": place.since}) | (Q(since=place.since) & equal)


def page_of_queue(
    viewer: Viewer, kinds: Iterable[str], city: City | None, *, marks: Mapping[str, Any], size: int = PER_PAGE
) -> Slice[Place]:
    """Return one page of places, the most urgent first: one query over all kinds. Raises Http404 for a wrong mark."""
    after, before = str(marks.get("after") or ""), str(marks.get("before") or "")
    place, is_back = _read(after or before) if after or before else None, bool(before and not after)
    parts = []
    for kind in kinds:
        rows = _ranked(waiting(viewer, kind, city), kind)
        if place:
            rows = rows.filter(_beyond(kind, place, before=is_back))
        parts.append(rows.order_by().values_list("since", "kind", "pk"))
    if not parts:
        return Slice([])
    first, *others = parts
    order = ("-since", "-kind", "-pk") if is_back else ("since", "kind", "pk")
    found = [Place(*row) for row in first.union(*others, all=True).order_by(*order)[: size + 1]]
    shown, has_more = found[:size], len(found) > size
    if is_back:
        return _slice(shown[::-1], has_older=True, has_newer=has_more)
    return _slice(shown, has_older=has_more, has_newer=bool(after))


def _slice(places: list[Place], *, has_older: bool, has_newer: bool) -> Slice[Place]:
    older = str(places[-1]) if places and has_older else ""
    return Slice(places, older=older, newer=str(places[0]) if places and has_newer else "")


def counts_of_queue(viewer: Viewer, kinds: Iterable[str], city: City | None) -> dict[str, int]:
    """Return how many wait of each kind; one query."""
    parts = [
        waiting(viewer, kind, city)
        .order_by()
        .annotate(kind=Value(kind, CharField()))
        .values("kind")
        .annotate(number=Count("pk"))
        .values_list("kind", "number")
        for kind in kinds
    ]
    if not parts:
        return {}
    first, *others = parts
    return dict(first.union(*others, all=True))


def with_waiting(viewer: Viewer, cities: QuerySet[City]) -> QuerySet[City]:
    """Return the cities with `waiting_count`: how much waits there that the viewer may decide as its officer."""
    parts: list[Any] = [Value(0)]
    for kind, (_label, ability) in KINDS.items():
        if halls := [city for city in viewer.city_ids if viewer.may(ability, city)]:
            rows = waiting(viewer, kind, OuterRef("pk")).filter(city__in=halls).order_by().values("city")
            number = Subquery(rows.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
            parts.append(Coalesce(number, 0))
    return cities.annotate(waiting_count=reduce(add, parts))
