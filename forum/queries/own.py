"""What a page of a thread is to one member: what is read, watched, drafted, recommended and kept of it; one query."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, StringAgg, Subquery, TextField, Value
from django.db.models.functions import Cast
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
_MARKS = ("recommended", "kept")
_RECORD = ("wrote", "wrote_here", "wrote_today", "wrote_first")


@dataclass(frozen=True, slots=True)
class Marks:
    """Which posts a member recommended, and which stand in a digest of theirs, by id."""

    recommended: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()


NO_MARKS = Marks()


def _own_rows(
    blocks: int, _posts: int, counts: bool, thread: int, user: int, before: datetime, day_ago: datetime, *ids: int
) -> QuerySet[Any]:
    viewer = Viewer(User(pk=user, date_joined=before))
    viewer.standing = Standing(blocks=frozenset(ids[:blocks]), read_before=before)
    known = with_watch_level(viewer, Thread.objects.filter(pk=thread), "thread")
    known = with_unread(viewer, with_offer(viewer, known))
    # By their ids: of the numbers of one thread PostgreSQL guesses that they are many, and reads all that the member
    # ever recommended.
    posts = ids[blocks:]
    known = known.annotate(
        recommended=_named(Recommendation.objects.filter(user=user, post__in=posts), "user"),
        kept=_named(DigestEntry.objects.filter(digest__owner=user, post__in=posts), "digest__owner"),
    )
    if not counts:
        return known.values_list(*_MARKS, *_ALONG)
    return with_record(viewer, known, "city", at=day_ago + DAY).values_list(*_MARKS, *_ALONG, *_RECORD)


def _named(rows: QuerySet[Any], owner: str) -> Subquery:
    """Return the ids of the posts of the rows, all of one owner, in one text."""
    ids = StringAgg(Cast("post", TextField()), Value(" "))
    return Subquery(rows.order_by().values(owner).annotate(ids=ids).values("ids"))


_own = Prepared(_own_rows)


def own_in_thread(viewer: Viewer, thread: Thread, posts: Collection[Post]) -> tuple[dict[str, Any], Marks]:
    """Return what a thread, with its city and the rules there, is to the viewer, and which of the posts they marked.

    By the names of `_ALONG`, and where the rules ask for them those of `_RECORD`. One query, none for a visitor.
    """
    if viewer.user is None:
        return {}, NO_MARKS
    blocked, day_ago, ids = sorted(viewer.standing.blocks), timezone.now() - DAY, [post.pk for post in posts]
    shape = (len(blocked), len(ids), asks_for_record(thread.city))
    rows = _own(thread.pk, viewer.user.pk, read_before(viewer), day_ago, *blocked, *ids, shape=shape)
    if not rows:
        return {}, NO_MARKS
    recommended, kept, *others = rows[0]
    marks = Marks(_ids_in(recommended), _ids_in(kept)) if recommended or kept else NO_MARKS
    return dict(zip((*_ALONG, *_RECORD), others, strict=False)), marks


def _ids_in(text: str | None) -> frozenset[int]:
    return frozenset(map(int, text.split())) if text else frozenset()
