"""Notifications: which of their own somebody may see."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from forum.models import Notification, Post, Thread
from forum.permissions.posts import readable_posts
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads
from forum.permissions.unread import OF_OFFICERS


def visible_notifications(viewer: Viewer, queryset: QuerySet[Notification]) -> QuerySet[Notification]:
    """Return the viewer's own notifications of what they may still see."""
    halls = [city for city in viewer.city_ids if viewer.is_officer(city)]
    thread = Exists(visible_threads(viewer, Thread.objects.filter(pk=OuterRef("thread"))))
    post = Exists(readable_posts(viewer, Post.objects.filter(pk=OuterRef("event__post"))))
    seen = queryset.filter(Q(thread=None) | thread, Q(event__post=None) | post, user=viewer.user)
    return seen if viewer.is_moderator else seen.filter(~Q(kind__in=OF_OFFICERS) | Q(event__city__in=halls))
