"""What a letter may tell: its news that the reader may still see, and has not read on the site."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from forum.models import Block, Conversation, Letter, Notification, Post, Thread
from forum.permissions.conversations import visible_conversations
from forum.permissions.posts import readable_posts
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads

MOST = 200  # news in one letter; the newest are told


def news_in_letter(
    viewer: Viewer, letter: Letter, *, always: Collection[str], desk: Collection[str]
) -> list[Notification]:
    """Return the notifications that the letter tells to the viewer, the newest first, with all they need.

    One query, two when there are private messages among them. What the reader could no longer open is left out, and what is hidden now, for officers too: a mail cannot be
    taken back. So is what they have read on the site, and what a person did whom they have blocked; except of the
    kinds in `always`, which are decisions about them. Of the kinds in `desk` only an officer of the city hears.
    """
    halls = [city for city in viewer.city_ids if viewer.is_officer(city)]
    in_hall = Q() if viewer.is_moderator else Q(event__city__in=halls)
    thread = visible_threads(viewer, Thread.objects.filter(pk=OuterRef("thread"), is_hidden=False))
    post = readable_posts(viewer, Post.objects.filter(pk=OuterRef("event__post"), is_hidden=False))
    is_blocked = Exists(Block.objects.filter(user=OuterRef("user"), blocked=OuterRef("event__actor")))
    is_seen = Q(Q(thread=None) | Exists(thread), Q(event__post=None) | Exists(post), ~is_blocked)
    told = Q(kind__in=always) | Q(read_at=None) & (Q(kind__in=desk) & in_hall | ~Q(kind__in=desk) & is_seen)
    rows = Notification.objects.filter(told, letter=letter, user=viewer.user)
    rows = rows.select_related("event__actor", "event__city", "event__post__thread", "thread__city")
    return _heard(viewer, list(rows.defer("event__post__body").order_by("-created_at", "-pk")[:MOST]))


def _heard(viewer: Viewer, rows: list[Notification]) -> list[Notification]:
    """Return the news without those of conversations that the viewer has left."""
    asked = {row.event.data["conversation"] for row in rows if "conversation" in row.event.data}
    if not asked:
        return rows
    heard = set(visible_conversations(viewer, Conversation.objects.filter(pk__in=asked)).values_list("pk", flat=True))
    return [row for row in rows if row.event.data.get("conversation") in heard | {None}]
