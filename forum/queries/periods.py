"""Periods by which the ledger counts: the months of a year, or the terms of a city's mayors."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Case, DateTimeField, IntegerField, Q, Value, When
from django.db.models.functions import TruncMonth
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from forum.models import City, Event

MOST_TERMS = 24
# Events by which somebody becomes mayor → who that is.
TERM_BEGINS = {
    "city.founded": "actor",
    "mayor.elected": "person",
    "mayor.handed": "person",
    "mayor.followed": "person",
    "mayor.appointed": "person",
}


@dataclass(frozen=True, slots=True)
class Period:
    """One month (`since` is its first day), or one term of `mayor`; `key` is what rows are grouped by."""

    key: Any
    since: date
    until: date | None = None
    mayor: User | None = None


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods to count by, the oldest first; `since` and `until` bound them all, None without a bound.

    `by` is month or term; `years` are the first and last for which there are months.
    """

    rows: tuple[Period, ...]
    since: datetime | None
    until: datetime | None
    by: str
    years: tuple[int, int] = (0, 0)

    def key(self, field: str) -> Any:
        """Return the database expression for the key of the period in which the time in `field` lies."""
        if self.by == "month":
            zone = timezone.get_default_timezone()
            return TruncMonth(field, tzinfo=zone, output_field=DateTimeField())
        # Newest first: the first condition that holds is the term.
        terms = [When(Q(**{f"{field}__gte": period.key}), then=Value(i)) for i, period in enumerate(self.rows)]
        return Case(*terms[::-1], default=Value(-1), output_field=IntegerField())

    def within(self, field: str) -> Q:
        """Return the condition that the time in `field` lies in one of the periods."""
        bounds = Q(**{f"{field}__isnull": False})
        if self.since:
            bounds &= Q(**{f"{field}__gte": self.since})
        return bounds & Q(**{f"{field}__lt": self.until}) if self.until else bounds

    def place(self, key: Any) -> int | None:
        """Return which period a key from the database means, None for none of them."""
        if isinstance(key, int):
            return key if key >= 0 else None
        month = timezone.localtime(key, timezone.get_default_timezone()).date()
        return next((place for place, period in enumerate(self.rows) if period.key == month), None)


def _first_of(year: int, month: int) -> datetime:
    return datetime(year, month, 1, tzinfo=timezone.get_default_timezone())


def months_of_years(first: int, last: int, *, today: date) -> Periods:
    """Return the months from the first of one year to the last of another, none of them to come."""
    days = (date(year, month, 1) for year in range(first, last + 1) for month in range(1, 13))
    rows = tuple(Period(day, day) for day in days if day <= today)
    return Periods(rows, _first_of(first, 1), _first_of(last + 1, 1), "month")


def terms_of_city(city: City) -> Periods:
    """Return the terms of the mayors of the city, the latest MOST_TERMS; one query."""
    begun = Event.objects.filter(city=city, kind__in=TERM_BEGINS, thread=None).select_related("actor", "person")
    found = list(begun.order_by("-created_at", "-pk")[:MOST_TERMS])[::-1]
    zone = timezone.get_default_timezone()
    days = [timezone.localtime(event.created_at, zone).date() for event in found]
    rows = tuple(
        Period(event.created_at, day, until, getattr(event, TERM_BEGINS[event.kind]))
        for event, day, until in zip(found, days, [*days[1:], None], strict=True)
    )
    return Periods(rows, found[0].created_at if found else None, None, "term")


def first_year(city: City) -> int:
    """Return the year of the oldest act in the log of the city, that of its founding if there is none; one query."""
    oldest = Event.objects.filter(city=city, in_log=True).order_by("created_at").values_list("created_at", flat=True)
    return timezone.localtime(oldest.first() or city.created_at, timezone.get_default_timezone()).year


def periods_asked(city: City, *, by: str, year: str) -> Periods:
    """Return the terms for `by` "term", else the months of a year, this one when `year` is empty; one query.

    Raises Http404 for a year that the city has not seen.
    """
    if by == "term":
        return terms_of_city(city)
    today, first = _today(), first_year(city)
    year = year or str(today.year)
    if not (year.isascii() and year.isdigit() and len(year) == 4 and first <= int(year) <= today.year):
        raise Http404("No such year")
    return replace(months_of_years(int(year), int(year), today=today), years=(first, today.year))


def all_months(city: City) -> Periods:
    """Return every month from the first act in the log to this one; one query."""
    today = _today()
    return months_of_years(first_year(city), today.year, today=today)


def _today() -> date:
    return timezone.localdate(timezone=timezone.get_default_timezone())
