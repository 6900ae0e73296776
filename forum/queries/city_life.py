"""City life: the calendar of the roll call, the guestbook, who recommends the city."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page
from django.db.models import Count
from django.http import Http404
from django.utils import timezone

from accounts.dates import lasts_until_tomorrow
from forum.models import City, CityRecommendation, GuestbookEntry, RollCall
from forum.permissions.roles import Viewer
from forum.queries.paging import Slice, keyset, numbered

ENTRIES_PER_PAGE = 30
NAMES_PER_PAGE = 60
NAMES_OF_TODAY = 60
WEEK = Calendar(firstweekday=6)  # Sunday first, as calendars in Taiwan


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar: how many answered, whether the viewer did, whether it is of the month shown."""

    date: date
    count: int
    is_mine: bool
    is_in_month: bool
    is_today: bool


@dataclass(slots=True)
class Month:
    """The roll call of one month, week by week, and who answered today."""

    first: date
    weeks: list[list[Day]]
    earlier: date
    later: date | None
    today: list[RollCall] = field(default_factory=list)
    count_today: int = 0
    answered_today: bool = False


def month_of(text: str, today: date) -> date:
    """Return the first day of the month that `?month=` names (2026-11), of today's when it is empty.

    Raises Http404 for anything else, and for months to come.
    """
    if not text:
        return today.replace(day=1)
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError as problem:
        raise Http404("No such month") from problem
    if len(text) != 7 or first > today or first.year < 2000:
        raise Http404("No such month")
    return first


def roll_of_city(viewer: Viewer, city: City, *, month: str = "") -> Month:
    """Return the calendar of a month; three queries. Raises Http404 for a month that is none."""
    today = timezone.localdate()
    lasts_until_tomorrow()
    first = month_of(month, today)
    weeks = WEEK.monthdatescalendar(first.year, first.month)
    rows = RollCall.objects.filter(city=city)
    shown = rows.filter(day__range=(weeks[0][0], weeks[-1][-1]))
    counts = dict(shown.order_by().values_list("day").annotate(number=Count("pk")))
    mine = set(shown.filter(user=viewer.user).values_list("day", flat=True)) if viewer.is_signed_in else set()
    later = (first + timedelta(days=32)).replace(day=1)
    # The newest few by name; their number is known where the calendar shows this month.
    answered = list(rows.filter(day=today).select_related("user").order_by("-created_at")[:NAMES_OF_TODAY])
    return Month(
        first=first,
        weeks=[
            [Day(day, counts.get(day, 0), day in mine, day.month == first.month, day == today) for day in week]
            for week in weeks
        ],
        earlier=(first - timedelta(days=1)).replace(day=1),
        later=later if later <= today else None,
        today=answered,
        count_today=counts.get(today, len(answered)),
        answered_today=today in mine or any(row.user_id == viewer.user.pk for row in answered if viewer.user),
    )


def guestbook_of_city(viewer: Viewer, city: City, *, marks: Mapping[str, Any]) -> Slice[GuestbookEntry]:
    """Return one page of the guestbook, newest first; hidden lines only for officers and who wrote them. One query."""
    rows = GuestbookEntry.objects.filter(city=city).select_related("author")
    if not viewer.is_officer(city):
        shown = rows.filter(is_hidden=False)
        rows = shown | rows.filter(author=viewer.user) if viewer.is_signed_in else shown
    return keyset(rows, field="created_at", marks=marks, size=ENTRIES_PER_PAGE)


def guestbook_entry(viewer: Viewer, city: City, pk: int) -> GuestbookEntry:
    """Return a line of the city's guestbook; raise Http404 when there is none."""
    entry = GuestbookEntry.objects.filter(city=city, pk=pk).select_related("author").first()
    if entry is None:
        raise Http404("No such entry")
    return entry


def recommenders_of_city(viewer: Viewer, city: City, number: int) -> Page[CityRecommendation]:
    """Return one page of those who recommend the city, the first first; one query. Raises Http404."""
    rows = CityRecommendation.objects.filter(city=city).select_related("user").order_by("created_at", "pk")
    return numbered(rows, number, size=NAMES_PER_PAGE, count=city.recommendations_count)
