"""Marking threads, boards and everything as read. It is nobody else's business: it makes no event."""

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from forum.models import Board, BoardMark, ReadMark, Thread
from forum.permissions.marks import REMEMBERED, can_mark_read
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require

ROWS_AT_ONCE = 2000

# One statement, so that of two devices at once the one that is farther on counts; it never goes back.
_MARK = """
INSERT INTO forum_readmark (user_id, thread_id, number) VALUES (%s, %s, %s)
ON CONFLICT (user_id, thread_id) DO UPDATE SET number = excluded.number WHERE forum_readmark.number < excluded.number
"""


@transaction.atomic
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
