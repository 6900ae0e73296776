"""The public log of a city: what its officers did, as the viewer may know it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forum.models import City, Event
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_see_thread
from forum.queries.paging import Slice, keyset

# What `?kind=` may name, and the kinds of event it stands for.
GROUPS = {
    "threads": ("thread.",),
    "posts": ("post.",),
    "boards": ("board.",),
    "people": ("deputy.", "application."),
    "city": ("city.", "notice."),
}
GROUP_LABELS = {
    "threads": _("Threads"),
    "posts": _("Posts"),
    "boards": _("Boards"),
    "people": _("People"),
    "city": _("City and notices"),
}
ROWS_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class LogRow:
    """An event, and whether the viewer may see the thread that it is about."""

    event: Event
    is_shown: bool


def _row(viewer: Viewer, city: City, event: Event) -> LogRow:
    event.city = city
    if event.thread is None:
        return LogRow(event, is_shown=True)
    if event.thread.city_id == city.pk:
        event.thread.city = city
    return LogRow(event, is_shown=can_see_thread(viewer, event.thread))


def log_of_city(
    viewer: Viewer, city: City, *, marks: Mapping[str, Any], kind: str = "", name: str = ""
) -> Slice[LogRow]:
    """Return one page of the log, newest first; `kind` names a group, `name` a person by sign-in name.

    The person is the one who acted or the one it concerned. One query. Raises Http404 for an unreadable mark.
    """
    rows = Event.objects.filter(city=city, in_log=True).select_related("actor", "person", "thread__city", "board")
    if kind in GROUPS:
        chosen = Q()
        for start in GROUPS[kind]:
            chosen |= Q(kind__startswith=start)
        rows = rows.filter(chosen)
    if name:
        rows = rows.filter(Q(actor__username__iexact=name) | Q(person__username__iexact=name))
    page = keyset(rows, field="created_at", marks=marks, size=ROWS_PER_PAGE)
    return Slice([_row(viewer, city, event) for event in page.items], page.older, page.newer)


def latest_acts(viewer: Viewer, city: City, limit: int = 8) -> list[LogRow]:
    """Return the last acts of the log."""
    return log_of_city(viewer, city, marks={}).items[:limit]
