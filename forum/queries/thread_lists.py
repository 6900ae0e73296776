"""Threads of a board, a city or the site, as lists show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Case, F, QuerySet, Subquery, Value, When
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.lasting import lasts_until
from forum.models import Board, City, Thread
from forum.permissions.cities import readable_cities
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads
from forum.queries.marks import only_unread, with_unread
from forum.queries.paging import Slice, keyset

# sort → the field it follows; the first is the default. All run from high to low.
SORTS = {"active": "last_post_at", "new": "created_at", "recommended": "recommendations_count", "views": "views_count"}
SORT_LABELS = {
    "active": _("Last reply"),
    "new": _("Newest"),
    "recommended": _("Most recommended"),
    "views": _("Most viewed"),
}

BESIDE = ("author", "last_author", "board", "city")  # what a row shows besides the thread
LATELY = timedelta(days=365)  # a thread is recommended on the home page as long after its last post
LOOKED_AT = 100  # threads of one's cities, for what is new in them


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where in a board's list someone came from: the order and the page; `?from=` in a thread's address."""

    sort: str = "active"
    after: str = ""

    @classmethod
    def read(cls, text: str) -> "ListPlace":
        """Return the place that `?from=` names; anything unreadable is the start of the list."""
        sort, _dot, after = text.partition(".")
        return cls(sort, after) if sort in SORTS else cls()

    def __str__(self) -> str:
        if self == ListPlace():
            return ""
        return f"{self.sort}.{self.after}" if self.after else self.sort


def sort_of(text: str | None) -> str:
    """Return the order that `?sort=` names, the default when it names none."""
    return text if text in SORTS else "active"


def listed(viewer: Viewer) -> QuerySet[Thread]:
    """Return the threads lists show to the viewer, with all that a row needs."""
    return visible_threads(viewer, Thread.objects.select_related(*BESIDE))


def _with_unread(viewer: Viewer, chosen: QuerySet[Thread]) -> QuerySet[Thread]:
    """Return the threads of a list that is in order and cut, with what is new in each to the viewer; in one query.

    Chosen first and looked at then: a list that follows no index would otherwise look at all that it leaves out.
    """
    if not viewer.is_signed_in:
        return chosen
    rows = Thread.objects.select_related(*BESIDE).filter(pk__in=Subquery(chosen.values("pk")))
    return with_unread(viewer, rows).order_by(*chosen.query.order_by)


def threads_in_board(viewer: Viewer, board: Board, *, sort: str, marks: Mapping[str, Any]) -> Slice[Thread]:
    """Return one page of the board's threads that are not pinned; `?month=2026-09` begins at the end of that month."""
    rows = listed(viewer).filter(board=board).unpinned()  # type: ignore[attr-defined]
    if month := str(marks.get("month") or ""):
        rows = rows.filter(**{f"{SORTS[sort]}__lt": _end_of(month)}) if sort in ("active", "new") else rows
    return keyset(rows, field=SORTS[sort], marks=marks, dressed=partial(_with_unread, viewer))


def pinned_in_board(viewer: Viewer, board: Board) -> list[Thread]:
    """Return the board's pinned threads, at most ten, the liveliest first."""
    rows = listed(viewer).filter(board=board).pinned()  # type: ignore[attr-defined]
    return list(_with_unread(viewer, rows.order_by("-last_post_at", "-pk")[:10]))


def newest_in_city(viewer: Viewer, city: City, limit: int = 20) -> list[Thread]:
    """Return the liveliest threads of the city, pinned ones first."""
    on_top = Case(When(pinned_until__lte=timezone.now(), then=Value(False)), default=F("is_pinned"))
    rows = visible_threads(viewer, Thread.objects.filter(city=city)).order_by("-last_post_at", "-pk").values("pk")
    # Each found along an index of its own; an order by both at once would sort all threads of the city.
    pinned, liveliest = (Thread.objects.filter(pk__in=Subquery(part[:limit])) for part in (rows.pinned(), rows))  # type: ignore[attr-defined]
    chosen = pinned.values("pk").union(liveliest.values("pk"))
    shown = with_unread(viewer, Thread.objects.select_related(*BESIDE).filter(pk__in=chosen))
    return list(shown.order_by(on_top.desc(), "-last_post_at", "-pk")[:limit])


def newest_on_site(viewer: Viewer, limit: int = 12) -> list[Thread]:
    """Return the liveliest threads of public cities."""
    rows = listed(viewer).filter(is_hidden=False).order_by("-last_post_at", "-pk")
    return list(_with_unread(viewer, rows[:limit]))


def recommended_on_site(viewer: Viewer, limit: int = 8) -> list[Thread]:
    """Return the most recommended threads that had a post within the last year."""
    since = timezone.now() - LATELY
    rows = listed(viewer).filter(is_hidden=False, last_post_at__gte=since, recommendations_count__gt=0)
    shown = list(rows.order_by("-recommendations_count", "-pk")[:limit])
    for thread in shown:
        lasts_until(thread.last_post_at + LATELY)
    return shown


def unread_in_cities(viewer: Viewer, limit: int = 15) -> list[Thread]:
    """Return the liveliest threads of the viewer's cities in which something is new to them.

    Only the LOOKED_AT threads with the newest posts are looked at.
    """
    if not viewer.city_ids:
        return []
    liveliest = Thread.objects.filter(city__in=viewer.city_ids, is_hidden=False).order_by("-last_post_at", "-pk")
    rows = only_unread(viewer, listed(viewer).filter(pk__in=Subquery(liveliest.values("pk")[:LOOKED_AT])))
    return list(_with_unread(viewer, rows.order_by("-last_post_at", "-pk")[:limit]))


def liveliest_cities(viewer: Viewer, limit: int = 6) -> list[City]:
    """Return the cities in which something happened last."""
    cities = City.objects.filter(readable_cities(viewer)).select_related("category")
    return list(cities.order_by("-last_activity_at", "-pk")[:limit])


def _end_of(month: str) -> datetime:
    """Return the first moment after a month written 2026-09, in the reader's zone; raise Http404 for anything else."""
    try:
        year, number = (int(part) for part in month.split("-"))
        start = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)
    except (ValueError, OverflowError) as problem:
        raise Http404(f"No month {month!r}") from problem
    return start.replace(tzinfo=timezone.get_current_timezone())
