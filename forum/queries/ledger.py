"""The ledger of a city: how long decisions take, who decides what, what is taken back, what waits. Counted in SQL."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from accounts.models import User
from forum.models import Appeal, Application, Case, City, Event, Hold
from forum.permissions.roles import Viewer
from forum.queries.periods import Periods

# What waits for a decision: the rows, and the states in which they were decided and are open.
SOURCES: dict[str, tuple[type[Case | Hold | Application | Appeal], tuple[str, ...], str]] = {
    "reports": (Case, (Case.State.UPHELD, Case.State.DISMISSED), Case.State.OPEN),
    "holds": (Hold, (Hold.State.APPROVED, Hold.State.REFUSED), Hold.State.WAITING),
    "applications": (Application, (Application.State.ACCEPTED, Application.State.REFUSED), Application.State.WAITING),
    "appeals": (Appeal, (Appeal.State.GRANTED, Appeal.State.REFUSED), Appeal.State.WAITING),
}
# What stands in the log without being a decision of an officer.
NO_DECISIONS = ("city.founded", "city.imported", "poll.added", "poll.closed")


@dataclass(frozen=True, slots=True)
class Time:
    """How long a decision took: the median over `count` of them."""

    median: timedelta
    count: int


@dataclass(slots=True)
class Line:
    """The figures of one period: acts of officers, those taken back, appeals granted, and times by source."""

    decisions: int = 0
    undone: int = 0
    granted: int = 0
    times: dict[str, Time] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Acts:
    """How often an officer did one kind of thing in one period."""

    place: int
    kind: str
    officer: User
    count: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """A line for each of the `periods`, the acts by kind and officer, and how much waits now by source."""

    periods: Periods
    lines: tuple[Line, ...]
    acts: tuple[Acts, ...]
    open: dict[str, int]


def ledger_of_city(viewer: Viewer, city: City, periods: Periods) -> Ledger:
    """Return the figures of a city that the viewer may read; eight queries, whatever its size."""
    lines = tuple(Line() for _period in periods.rows)
    acts = _count_acts(city, periods, lines)
    _count_granted(city, periods, lines)
    for source in SOURCES:
        for place, time in _times(city, periods, source):
            lines[place].times[source] = time
    return Ledger(periods, lines, tuple(acts), _open_now(city))


def _count_acts(city: City, periods: Periods, lines: tuple[Line, ...]) -> list[Acts]:
    rows = Event.objects.filter(periods.within("created_at"), city=city, in_log=True, actor__isnull=False)
    rows = rows.exclude(kind__in=NO_DECISIONS).annotate(period=periods.key("created_at")).order_by()
    grouped = list(rows.values_list("period", "kind", "actor").annotate(number=Count("pk"), undone=Count("undoes")))
    people = User.objects.in_bulk({actor for _period, _kind, actor, _number, _undone in grouped})
    found = []
    for period, kind, actor, number, undone in grouped:
        place = periods.place(period)
        if place is not None:
            lines[place].decisions += number
            lines[place].undone += undone
            found.append(Acts(place, kind, people[actor], number))
    return sorted(found, key=lambda acts: (acts.place, acts.kind, acts.officer.pk))


def _count_granted(city: City, periods: Periods, lines: tuple[Line, ...]) -> None:
    rows = Appeal.objects.filter(periods.within("decided_at"), city=city, state=Appeal.State.GRANTED)
    counted = rows.annotate(period=periods.key("decided_at")).order_by().values_list("period").annotate(n=Count("pk"))
    for period, number in counted:
        place = periods.place(period)
        if place is not None:
            lines[place].granted = number


def _times(city: City, periods: Periods, source: str) -> Iterable[tuple[int, Time]]:
    """Yield the median of each period: the row in the middle, or the mean of the two, found by the database."""
    model, decided, _open = SOURCES[source]
    rows: QuerySet[Any] = model._default_manager.filter(periods.within("decided_at"), city=city, state__in=decided)
    by_period = [periods.key("decided_at")]
    took = ExpressionWrapper(F("decided_at") - F("created_at"), output_field=DurationField())
    rows = rows.annotate(
        period=periods.key("decided_at"),
        took=took,
        rank=Window(RowNumber(), partition_by=by_period, order_by=took.asc()),
        size=Window(Count("pk"), partition_by=by_period),
    )
    middle = rows.annotate(twice=F("rank") * 2).filter(twice__gte=F("size"), twice__lte=F("size") + 2)
    found: dict[int, list[tuple[timedelta, int]]] = {}
    for period, time, size in middle.order_by().values_list("period", "took", "size"):
        place = periods.place(period)
        if place is not None:
            found.setdefault(place, []).append((time, size))
    for place, times in found.items():
        yield place, Time(sum((time for time, _size in times), timedelta()) / len(times), times[0][1])


def _open_now(city: City) -> dict[str, int]:
    counts = {
        f"open_{source}": Coalesce(
            Subquery(
                model._default_manager.filter(city=OuterRef("pk"), state=waiting)
                .order_by()
                .values("city")
                .annotate(n=Count("pk"))
                .values("n")
            ),
            0,
        )
        for source, (model, _decided, waiting) in SOURCES.items()
    }
    rows: QuerySet[Any, Any] = City.objects.filter(pk=city.pk).values(**counts)
    found = rows.get()
    return {name.removeprefix("open_"): number for name, number in found.items()}
