"""What a thread is to one member: how far it is read and watched, what in it they recommended, kept and drafted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.prepared import Prepared
from forum.models import DigestEntry, Post, Recommendation, Thread
from forum.permissions.marks import read_before
from forum.permissions.records import DAY, asks_for_record, with_record
from forum.permissions.roles import Viewer
from forum.permissions.standing import Standing
from forum.queries.drafts import with_offer
from forum.queries.marks import with_unread
from forum.queries.watches import with_watch_level

# What comes along with a thread, by the names under which others look for it.
_ALONG = (
    *("watch_level", "unread", "is_unopened", "read_to", "read_before"),
    *("draft_pk", "draft_changed_at", "draft_submission"),
)
_RECORD = ("wrote", "wrote_here", "wrote_today", "wrote_first")


@dataclass(frozen=True, slots=True)
class Marks:
    """Which posts a member recommended, and which stand in a digest of theirs, by id."""

    recommended: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()


NO_MARKS = Marks()


def _own_rows(
    _blocks: int, counts: bool, thread: int, user: int, before: datetime, day_ago: datetime, *blocked: int
) -> QuerySet[Any]:
    viewer = Viewer(User(pk=user, date_joined=before))
    viewer.standing = Standing(blocks=frozenset(blocked), read_before=before)
    known = with_watch_level(viewer, Thread.objects.filter(pk=thread), "thread")
    known = with_unread(viewer, with_offer(viewer, known))
    if not counts:
        return known.values_list(*_ALONG)
    return with_record(viewer, known, "city", at=day_ago + DAY).values_list(*_ALONG, *_RECORD)


def _marked_rows(_posts: int, user: int, *posts: int) -> QuerySet[Any]:
    # By their ids: of the numbers of one thread PostgreSQL guesses that they are many, and reads all that the member
    # ever recommended.
    marks = {
        "is_recommended": Exists(Recommendation.objects.filter(post=OuterRef("pk"), user=user)),
        "is_kept": Exists(DigestEntry.objects.filter(post=OuterRef("pk"), digest__owner=user)),
    }
    return Post.objects.filter(pk__in=posts).annotate(**marks).values_list("pk", *marks)


_own = Prepared(_own_rows)
_marked = Prepared(_marked_rows)


def own_in_thread(viewer: Viewer, thread: Thread) -> dict[str, Any]:
    """Return what a thread, with its city and the rules there, is to the viewer; one query, none for a visitor.

    By the names of `_ALONG`, and where the rules ask for them those of `_RECORD`.
    """
    if viewer.user is None:
        return {}
    blocked, day_ago = sorted(viewer.standing.blocks), timezone.now() - DAY
    shape = (len(blocked), asks_for_record(thread.city))
    rows = _own(thread.pk, viewer.user.pk, read_before(viewer), day_ago, *blocked, shape=shape)
    return dict(zip((*_ALONG, *_RECORD), rows[0], strict=False)) if rows else {}


def marks_on(viewer: Viewer, posts: Collection[Post]) -> Marks:
    """Return which of the posts the viewer recommended and kept; one query or none."""
    if viewer.user is None or not posts:
        return NO_MARKS
    ids = [post.pk for post in posts]
    rows = _marked(viewer.user.pk, *ids, shape=(len(ids),))
    return Marks(
        frozenset(pk for pk, is_recommended, _is_kept in rows if is_recommended),
        frozenset(pk for pk, _is_recommended, is_kept in rows if is_kept),
    )
