"""Notifications of the viewer: a page of them, and one of them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from forum.models import Notification
from forum.permissions.notifications import visible_notifications
from forum.permissions.roles import Viewer
from forum.queries.paging import Slice, keyset

PER_PAGE = 50


def _whole(viewer: Viewer) -> QuerySet[Notification]:
    rows = visible_notifications(viewer, Notification.objects.all())
    rows = rows.select_related("event__actor", "event__city", "event__post", "thread__city")
    return rows.defer("event__post__body")


def notifications_of(viewer: Viewer, *, marks: Mapping[str, Any]) -> Slice[Notification]:
    """Return one page of the viewer's notifications, the newest first, with all that their lines need; one query."""
    return keyset(_whole(viewer), field="created_at", marks=marks, size=PER_PAGE)


def get_notification(viewer: Viewer, pk: int) -> Notification:
    """Return a notification of the viewer; raise Http404 when it is none of theirs, or of what they may not see."""
    row = _whole(viewer).filter(pk=pk).first()
    if row is None:
        raise Http404("No such notification")
    return row
