"""Reported messages: what waits for the site's moderators, one of them, and one's own reports."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import Promise

from accounts.models import User
from forum.models import MessageReport
from forum.permissions.messages import can_see_message_reports
from forum.permissions.roles import Viewer
from forum.queries.paging import Slice, keyset
from forum.queries.reports import DEFAULT_REASONS
from forum.text.excerpts import excerpt

OWN_SHOWN = 20
# What one may give as a reason: all but what concerns cities only.
REASONS: dict[str, Promise | str] = {
    name: words for name, words in DEFAULT_REASONS.items() if name not in ("off_topic", "office")
}


@dataclass(frozen=True, slots=True)
class ListedReport:
    """A reported message in the list, with its first words."""

    report: MessageReport
    excerpt: str


def _rows() -> QuerySet[MessageReport]:
    return MessageReport.objects.select_related("person", "reporter", "decided_by")


def _open_to(viewer: Viewer, rows: QuerySet[MessageReport]) -> QuerySet[MessageReport]:
    """Return what a moderator may read: not who reported their own messages."""
    return rows.exclude(person=viewer.user) if can_see_message_reports(viewer) else rows.none()


def message_reports(viewer: Viewer, *, marks: Mapping[str, Any], decided: bool = False) -> Slice[ListedReport]:
    """Return one page of the reported messages that wait, or that are `decided`, the newest first; one query.

    None for who does not moderate the site. Raises Http404 for a mark that cannot be read.
    """
    if not can_see_message_reports(viewer):
        return Slice([])
    rows = _open_to(viewer, _rows())
    waiting = MessageReport.State.WAITING
    rows = rows.exclude(state=waiting) if decided else rows.filter(state=waiting)
    page = keyset(rows, field="created_at", marks=marks)
    return Slice([ListedReport(report, excerpt(report.body)) for report in page.items], page.older, page.newer)


def waiting_message_reports(viewer: Viewer) -> int:
    """Return how many reported messages wait; one query for a moderator."""
    if not can_see_message_reports(viewer):
        return 0
    return _open_to(viewer, MessageReport.objects.filter(state=MessageReport.State.WAITING)).count()


def get_message_report(viewer: Viewer, pk: int) -> MessageReport:
    """Return a reported message for a moderator who did not write it; raise Http404."""
    report = _open_to(viewer, _rows()).filter(pk=pk).first()
    if report is None:
        raise Http404("No such report")
    return report


def earlier_message_report(viewer: Viewer, message: int) -> MessageReport | None:
    """Return the viewer's own report of the message, if there is one; one query."""
    return MessageReport.objects.filter(message=message, reporter=viewer.user).first()


def message_reports_by(viewer: Viewer) -> list[MessageReport]:
    """Return what the viewer reported of messages, the newest first, with who wrote them; one query."""
    rows = _rows().filter(reporter=viewer.user).order_by("-created_at", "-pk")
    return list(rows.defer("body")[:OWN_SHOWN])


def own_message_reports(person: User) -> Iterator[MessageReport]:
    """Yield what the person reported of messages, the oldest first; one query."""
    rows = MessageReport.objects.filter(reporter=person).select_related("person")
    yield from rows.order_by("created_at", "pk").iterator(200)
