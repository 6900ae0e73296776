"""What is new to the viewer in threads, boards and cities since they were last there.

A post is new to somebody when it is shown, not their own nor by somebody they block, was written after everything there
counts as read (permissions/marks.py, BoardMark), and bears a higher number than their mark in its thread.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from forum.models import BoardMark, Post, ReadMark, Thread
from forum.permissions.marks import read_before
from forum.permissions.roles import Viewer

COUNTED = 100  # posts of one thread; of more a list says "99+"
WINDOW = 50  # of a board or a city so many threads are looked at, those with the newest posts


class _Counted(Subquery):
    """How many rows a query has. It may be cut: that is how counting ends early."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the viewer has read a thread: `number` of their mark, and since when posts can be new to them."""

    viewer: Viewer
    number: int
    before: datetime

    def is_new(self, post: Post) -> bool:
        """Return whether the post is new to the viewer."""
        return (
            post.number > self.number
            and not post.is_hidden
            and post.created_at > self.before
            and post.author_id not in _passed_over(self.viewer)
        )


def _passed_over(viewer: Viewer) -> set[int]:
    """Return whose posts are no news: one's own, and those of people one blocks."""
    return {viewer.user.pk, *viewer.standing.blocks} if viewer.user else set()


def _others(viewer: Viewer) -> QuerySet[Post]:
    rows = Post.objects.filter(thread=OuterRef("pk"), is_hidden=False)
    return rows.exclude(author__in=_passed_over(viewer)).order_by()


def _candidates(viewer: Viewer) -> QuerySet[Post]:
    return _others(viewer).filter(created_at__gt=OuterRef("read_before"))


def _marked[M: Model](viewer: Viewer, rows: QuerySet[M]) -> QuerySet[M]:
    """Return the threads with `read_to`, the number of the viewer's mark if any, and `read_before`."""
    since = Value(read_before(viewer))
    mark = ReadMark.objects.filter(user=viewer.user, thread=OuterRef("pk")).values("number")[:1]
    board = BoardMark.objects.filter(user=viewer.user, board=OuterRef("board")).values("read_before")[:1]
    before = Greatest(since, Coalesce(Subquery(board), since))
    return cast("QuerySet[M]", rows.annotate(read_to=Subquery(mark), read_before=before))


def with_unread(viewer: Viewer, rows: QuerySet[Thread]) -> QuerySet[Thread]:
    """Return the threads with `unread`, how many posts are new to the viewer, at most COUNTED.

    `is_unopened` says that the whole thread is new and was never read. Each thread costs a few steps into indexes,
    however much the viewer has read and however long the thread is. For lists that are cut already: what a list
    leaves out should not be looked at.
    """
    if not viewer.is_signed_in:
        return rows
    posts = _candidates(viewer).values("pk")
    # Two ways, because each walks along its own index: what follows the mark, or what was written since. SQLite would
    # walk along the times for both; no index holds what it cannot tell from them.
    later = _others(viewer).alias(written=Coalesce("created_at", "created_at"))
    later = later.filter(written__gt=OuterRef("read_before"), number__gt=OuterRef("read_to"))
    by_number = _Counted(later.values("pk")[:COUNTED])
    unread = Case(
        When(read_to=None, then=_Counted(posts[:COUNTED])),
        When(read_to__gte=F("last_number"), then=Value(0)),  # read to its end: no post is looked for
        default=by_number,
    )
    unopened = ExpressionWrapper(Q(read_to=None, created_at__gt=F("read_before")), BooleanField())
    return _marked(viewer, rows).annotate(unread=unread, is_unopened=unopened)


def only_unread(viewer: Viewer, rows: QuerySet[Thread]) -> QuerySet[Thread]:
    """Return those of the threads in which something is new to the viewer; none for a visitor."""
    if not viewer.is_signed_in:
        return rows.none()
    posts = _candidates(viewer)
    unopened = Q(read_to=None) & Exists(posts)
    further = Q(read_to__lt=F("last_number")) & Exists(posts.filter(number__gt=OuterRef("read_to")))
    return _marked(viewer, rows).filter(unopened | further)


def with_news[M: Model](viewer: Viewer, rows: QuerySet[M], noun: str, key: str = "pk") -> QuerySet[M]:
    """Return boards (or cities, by `noun`) with `news`: in how many threads something is new to the viewer.

    `key` is the field that holds the id of the place. Only the WINDOW threads with the newest posts are looked at.
    """
    if not viewer.is_signed_in:
        return rows
    # What was last written in before everything counts as read has no news; it also names the index to walk along.
    since = read_before(viewer)
    window = Thread.objects.filter(**{noun: OuterRef(OuterRef(key))}, is_hidden=False, last_post_at__gt=since)
    liveliest = window.order_by("-last_post_at", "-pk").values("pk")[:WINDOW]
    new = only_unread(viewer, Thread.objects.filter(pk__in=Subquery(liveliest))).order_by()
    return cast("QuerySet[M]", rows.annotate(news=_Counted(new.values("pk"))))


def reading_of(viewer: Viewer, thread: Thread) -> Reading | None:
    """Return how far the viewer has read the thread, which comes from `with_unread`; none for a visitor. No query."""
    if not viewer.is_signed_in:
        return None
    known: Any = thread
    return Reading(viewer, known.read_to or 0, known.read_before)


def first_unread(viewer: Viewer, thread: Thread) -> Post | None:
    """Return the first post of the thread that is new to the viewer, if any. Two queries."""
    found = with_unread(viewer, Thread.objects.filter(pk=thread.pk)).first()
    reading = reading_of(viewer, found) if found else None
    if reading is None:
        return None
    rows = Post.objects.filter(thread=thread, is_hidden=False, number__gt=reading.number)
    rows = rows.filter(created_at__gt=reading.before).exclude(author__in=_passed_over(viewer))
    return rows.order_by("number").first()


def newest_post(thread: Thread) -> Post | None:
    """Return the last shown post of the thread. One query."""
    return Post.objects.filter(thread=thread).shown().order_by("-number").first()
