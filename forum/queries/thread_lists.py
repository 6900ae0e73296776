"""Threads of a board, a city or the site, as lists show them."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from forum.models import Thread
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads
from forum.queries.marks import only_unread, with_unread

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
    rows = Thread.objects.select_related(*BESIDE).filter(pk__in=Subquery(chosen.values("pk")))
    return with_unread(viewer, rows).order_by(*chosen.query.order_by)


def unread_in_cities(viewer: Viewer, limit: int = 15) -> list[Thread]:
    """Return the liveliest threads of the viewer's cities in which something is new to them.

    Only the LOOKED_AT threads with the newest posts are looked at.
    """
    if not viewer.city_ids:
        return []
    liveliest = Thread.objects.filter(city__in=viewer.city_ids, is_hidden=False).order_by("-last_post_at", "-pk")
    rows = only_unread(viewer, listed(viewer).filter(pk__in=Subquery(liveliest.values("pk")[:LOOKED_AT])))
    return list(_with_unread(viewer, rows.order_by("-last_post_at", "-pk")[:limit]))
