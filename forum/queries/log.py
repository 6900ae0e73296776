"""The public log of a city, or of the site: what its officers did, as the viewer may know it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from accounts.folding import is_same
from forum.models import Appeal, Chain, City, Event
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_see_thread
from forum.permissions.undoing import can_mark_private, can_undo_event
from forum.queries.paging import Slice, keyset

# What `?kind=` may name, and how the kinds of event it stands for begin; the last one stands for all others.
GROUPS = {
    "threads": ("thread.", "poll."),
    "posts": ("post.", "revision.", "guestbook."),
    "boards": ("board.",),
    "people": ("application.", "sanction."),
    "cases": ("case.", "appeal.", "message_report."),
    "office": ("deputy.", "mayor.", "officer.", "election.", "petition.", "candidate.", "handover.", "moderator."),
    "directory": ("category.",),
    "city": (),
}
GROUP_LABELS = {
    "threads": _("Threads"),
    "posts": _("Posts"),
    "boards": _("Boards"),
    "people": _("People"),
    "cases": _("Reports and appeals"),
    "office": _("Offices"),
    "city": _("City and notices"),
}
# Of the site: what is left there are its notices.
SITE_LABELS = {
    "people": _("Suspensions"),
    "cases": _("Reports and appeals"),
    "office": _("Moderators"),
    "directory": _("Categories"),
    "city": _("Notices"),
}
ROWS_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class LogRow:
    """An act, and what the viewer may know of it and do about it.

    `is_shown`: the thread it is about may be seen; `is_open`: names and content may be read (an officer can keep
    them out of the public log); `undone_by`: the act that took it back; `appeal`: the one that was decided.
    """

    event: Event
    is_shown: bool
    is_open: bool = True
    undone_by: Event | None = None
    appeal: Appeal | None = None
    may_undo: bool = False
    may_mark: bool = False


def is_open_to(viewer: Viewer, event: Event) -> bool:
    """Return whether the viewer may read names and content of the act: everybody, unless it is marked private.

    Then the officers of the city (of the site, its moderators) and the person it concerns may.
    """
    if not event.is_private:
        return True
    is_own = viewer.user is not None and event.person_id == viewer.user.pk
    return is_own or _presides(viewer, event.city_id)


def _presides(viewer: Viewer, city: City | int | None) -> bool:
    """Return whether the viewer holds an office there: in the city, or on the site when it is None."""
    return viewer.is_officer(city) if city else viewer.is_moderator


def _row(viewer: Viewer, city: City | None, event: Event) -> LogRow:
    event.city = city
    is_shown = True
    if event.thread is not None:
        if city and event.thread.city_id == city.pk:
            event.thread.city = city
        is_shown = can_see_thread(viewer, event.thread)
    undone_by, appeal = getattr(event, "undone_by", None), getattr(event, "appeal", None)
    event.is_undone = undone_by is not None  # type: ignore[attr-defined]  # so that `can_undo_event` need not ask
    return LogRow(
        event,
        is_shown=is_shown,
        is_open=is_open_to(viewer, event),
        undone_by=undone_by,
        appeal=appeal if appeal and appeal.state in (Appeal.State.GRANTED, Appeal.State.REFUSED) else None,
        may_undo=city is not None and viewer.is_officer(city) and bool(can_undo_event(viewer, event)),
        may_mark=city is not None and viewer.is_officer(city) and bool(can_mark_private(viewer, city)),
    )


def _rows(city: City | None) -> QuerySet[Event]:
    return Event.objects.filter(city=city, in_log=True).select_related(
        "actor", "person", "thread__city", "board", "appeal", "undone_by", "undoes"
    )


def _of_kind(group: str) -> Q:
    chosen = Q()
    if GROUPS[group]:
        for start in GROUPS[group]:
            chosen |= Q(kind__startswith=start)
        return chosen
    for start in (start for starts in GROUPS.values() for start in starts):
        chosen &= ~Q(kind__startswith=start)
    return chosen


def _about(viewer: Viewer, city: City | None, name: str) -> Q:
    """Return the condition on acts by or about a person; a search must not tell whom a private act is about."""
    is_own = viewer.user is not None and viewer.user.username.casefold() == name.casefold()
    about = Q(is_same("person__username", name))
    return Q(is_same("actor__username", name)) | (
        about if is_own or _presides(viewer, city) else about & Q(is_private=False)
    )


def log_of_city(
    viewer: Viewer,
    city: City | None,
    *,
    marks: Mapping[str, Any],
    kind: str = "",
    name: str = "",
    size: int = ROWS_PER_PAGE,
) -> Slice[LogRow]:
    """Return one page of the log of the city, or of the site when it is None; the newest first.

    `kind` names a group, `name` a person by sign-in name: who acted, or whom it concerned. One query.
    Raises Http404 for an unreadable mark.
    """
    rows = _rows(city)
    if kind in GROUPS:
        rows = rows.filter(_of_kind(kind))
    if name:
        rows = rows.filter(_about(viewer, city, name))
    page = keyset(rows, field="created_at", marks=marks, size=size)
    return Slice([_row(viewer, city, event) for event in page.items], page.older, page.newer)


def latest_acts(viewer: Viewer, city: City, limit: int = 8) -> list[LogRow]:
    """Return the last acts of the log."""
    return log_of_city(viewer, city, marks={}, size=limit).items


def act_in_log(viewer: Viewer, city: City, event_id: int) -> LogRow:
    """Return one act of the log; one query. Raises Http404."""
    event = _rows(city).filter(pk=event_id).first()
    if event is None:
        raise Http404("No such act in the log")
    return _row(viewer, city, event)


def hash_before(event: Event) -> str:
    """Return the hash of the link before this one in the city's chain, "" for the first; one query."""
    before = Event.objects.filter(city=event.city_id, position=(event.position or 0) - 1)
    return before.values_list("chain_hash", flat=True).first() or ""


def end_of_chain(city: City) -> Chain | None:
    """Return how long the chain of the city is, and its latest hash; one query."""
    return Chain.objects.filter(city=city).first()
