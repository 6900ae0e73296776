"""Notifications of the viewer: a page of them, how many are unread, and one of them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from forum.models import Notification, Post, Thread
from forum.permissions.posts import readable_posts
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads
from forum.queries.paging import Slice, keyset

PER_PAGE = 50
COUNTED = 100  # whoever has more unread is told "99+"


def _known(viewer: Viewer) -> QuerySet[Notification]:
    """Return the viewer's notifications of what they may still see."""
    halls = [city for city in viewer.city_ids if viewer.is_officer(city)]
    thread = Exists(visible_threads(viewer, Thread.objects.filter(pk=OuterRef("thread"))))
    post = Exists(readable_posts(viewer, Post.objects.filter(pk=OuterRef("event__post"))))
    return Notification.objects.filter(
        Q(thread=None) | thread,
        Q(event__post=None) | post,
        ~Q(kind__in=("applied", "reported", "appealed")) | Q(event__city__in=halls),
        user=viewer.user,
    )


def _whole(viewer: Viewer) -> QuerySet[Notification]:
    rows = _known(viewer).select_related("event__actor", "event__city", "event__post", "thread__city")
    return rows.defer("event__post__body")


def notifications_of(viewer: Viewer, *, marks: Mapping[str, Any]) -> Slice[Notification]:
    """Return one page of the viewer's notifications, the newest first, with all that their lines need; one query."""
    return keyset(_whole(viewer), field="created_at", marks=marks, size=PER_PAGE)


def unread_count(viewer: Viewer) -> int:
    """Return how many notifications the viewer has not read, at most COUNTED; one query."""
    return _known(viewer).filter(read_at=None)[:COUNTED].count()


def get_notification(viewer: Viewer, pk: int) -> Notification:
    """Return a notification of the viewer; raise Http404 when it is none of theirs, or of what they may not see."""
    row = _whole(viewer).filter(pk=pk).first()
    if row is None:
        raise Http404("No such notification")
    return row
