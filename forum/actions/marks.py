"""Marking threads, boards and everything as read. It is nobody else's business: it makes no event."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from forum.models import Board, BoardMark, Post, ReadMark, Thread
from forum.permissions.marks import REMEMBERED, can_mark_read
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require

ROWS_AT_ONCE = 2000
LATE = 20  # posts of a page: so much of a thread is called new again for one that appears before it

# One statement, so that of two devices at once the one that is farther on counts; it never goes back.
_MARK = """
INSERT INTO forum_readmark (user_id, thread_id, number) VALUES (%s, %s, %s)
ON CONFLICT (user_id, thread_id) DO UPDATE SET number = excluded.number WHERE forum_readmark.number < excluded.number
"""


@transaction.atomic(savepoint=False)
def mark_thread_read(thread: Thread, *, by: User, number: int | None = None) -> None:
    """Mark the thread as read up to the post of that number, or to its end. One query.

    Never back: less than what is marked already changes nothing. Raises Forbidden.
    """
    require(can_mark_read(Viewer.of(by), thread))
    number = thread.last_number if number is None else min(number, thread.last_number)
    if number > 0:
        with connection.cursor() as cursor:
            cursor.execute(_MARK, [by.pk, thread.pk, number])


@transaction.atomic
def mark_board_read(board: Board | None, *, by: User, until: datetime | None = None) -> None:
    """Mark as read what was written on the board (without one, everywhere) until then, or until now.

    Never back, and never ahead of now. Marks of single threads that say no more than this are let go of. Raises
    Forbidden.
    """
    require(can_mark_read(Viewer.of(by), board))
    now = timezone.now()
    until = min(until or now, now)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # marks of one person come one after another
    mark, made = BoardMark.objects.get_or_create(user=by, board=board, defaults={"read_before": until})
    if not made and mark.read_before < until:
        mark.read_before = until
        mark.save(update_fields=["read_before"])
    covered = ReadMark.objects.filter(user=by, thread__last_post_at__lte=until)
    (covered.filter(thread__board=board) if board else covered).delete()
    if board is None:
        BoardMark.objects.filter(user=by, board__isnull=False, read_before__lte=until).delete()


def forget_old_marks(at: datetime | None = None) -> int:
    """Let go of the marks in threads in which nothing was written for so long that all of it counts as read.

    Return how many went. Some at a time, each in a transaction of its own, so that nobody waits.
    """
    old = ReadMark.objects.filter(thread__last_post_at__lte=(at or timezone.now()) - REMEMBERED)
    gone = 0
    while pks := list(old.values_list("pk", flat=True)[:ROWS_AT_ONCE]):
        gone += ReadMark.objects.filter(pk__in=pks).delete()[0]
    return gone


def post_came_late(post: Post) -> None:
    """Let a post that appears in the middle of its thread be new to those who have read past it.

    With it what follows counts as new again. Where more than LATE numbers follow it stays as it is: that much said
    again would be noise. (For actions; the row of the thread is locked.)
    """
    if post.thread.last_number - post.number <= LATE:
        ReadMark.objects.filter(thread=post.thread, number__gte=post.number).update(number=post.number - 1)


def carry_marks(source: Thread, target: Thread, moved: Sequence[tuple[int, Post]]) -> None:
    """Let everybody's mark in `target` say how far they have read, now that posts of `source` stand in it.

    `moved` are those posts in their order, each with its old number. A post counts as read that was read in its old
    place; a mark in `target` goes no farther than to the first post that was not. (For actions; both rows are locked.)
    """
    if not moved:
        return
    old, new = [number for number, _post in moved], [post.number for _number, post in moved]
    own = Post.objects.filter(thread=target).exclude(pk__in=[post.pk for _number, post in moved])
    here = list(own.order_by("number").values_list("number", flat=True))
    last = max([*here[-1:], *new])
    rows = []
    for user, mark, source_mark in _marks_of_both(source, target):
        unread = here[(place := bisect_right(here, mark)) : place + 1]
        unread += new[(place := bisect_right(old, source_mark)) : place + 1]
        number = min(unread) - 1 if unread else last
        if not here:  # a thread that comes back whole was read as far as it was before it went
            number = max(number, mark)
        if number or mark:
            rows.append(ReadMark(user_id=user, thread=target, number=number))
    ReadMark.objects.bulk_create(
        rows, ROWS_AT_ONCE, update_conflicts=True, unique_fields=["user", "thread"], update_fields=["number"]
    )


def _marks_of_both(source: Thread, target: Thread) -> list[tuple[int, int, int]]:
    """Return everybody who has a mark in one of the threads: who, their mark in `target`, and that in `source`."""
    marks: dict[int, dict[int, int]] = {}
    for user, thread, number in ReadMark.objects.filter(thread__in=(source, target)).values_list(
        "user", "thread", "number"
    ):
        marks.setdefault(user, {})[thread] = number
    return [(user, own.get(target.pk, 0), own.get(source.pk, 0)) for user, own in marks.items()]
