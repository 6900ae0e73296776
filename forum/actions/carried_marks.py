"""Reading marks when posts move or appear late: read stays what was read, and new what was not.

For the actions that move posts and show them; they have locked the threads.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from forum.models import BoardMark, Post, ReadMark, Thread

ROWS_AT_ONCE = 2000
LATE = 20  # posts of a page: so much of a thread is called new again for one that appears before it


def post_came_late(post: Post) -> None:
    """Let a post that appears in the middle of its thread be new to those who have read past it.

    With it what follows counts as new again. Where more than LATE numbers follow it stays as it is: that much said
    again would be noise.
    """
    if post.thread.last_number - post.number <= LATE:
        ReadMark.objects.filter(thread=post.thread, number__gte=post.number).update(number=post.number - 1)


def carry_marks(source: Thread, target: Thread, moved: Sequence[tuple[int, Post]]) -> None:
    """Let everybody's mark in `target` say how far they have read, now that posts of `source` stand in it.

    `moved` are those posts in their order, each with its old number. A post counts as read that was read in its old
    place; a mark in `target` goes no farther than to the first post that was not.
    """
    if not moved:
        return
    old, new = [number for number, _post in moved], [post.number for _number, post in moved]
    carried = set(new)
    numbers = Post.objects.filter(thread=target).order_by("number").values_list("number", flat=True)
    here = [number for number in numbers if number not in carried]
    last = max([*here[-1:], *new])
    rows = []
    for user, mark, source_mark in _marks_in(source, target):
        unread = here[(place := bisect_right(here, mark)) : place + 1]
        unread += new[(place := bisect_right(old, source_mark)) : place + 1]
        number = min(unread) - 1 if unread else last
        if not here:  # a thread that comes back whole was read as far as it was before it went
            number = max(number, mark)
        if number or mark:
            rows.append(ReadMark(user_id=user, thread=target, number=number))
    _store(rows)


def keep_board_marks(thread: Thread) -> None:
    """Let the thread's own marks say what those of its board say of it, because it, or posts of it, leave the board."""
    marks = BoardMark.objects.filter(board=thread.board_id, read_before__gte=thread.created_at)
    read = dict(marks.values_list("user", "read_before"))
    if not read:
        return
    times, latest = [], thread.created_at
    for number, at in Post.objects.filter(thread=thread).order_by("number").values_list("number", "created_at"):
        latest = max(latest, at)  # a post after a later one is reached only with that one
        times.append((latest, number))
    known = dict(ReadMark.objects.filter(thread=thread, user__in=read).values_list("user", "number"))
    rows = []
    for user, until in read.items():
        place = bisect_right(times, until, key=lambda one: one[0])
        number = times[place - 1][1] if place else 0
        if number > known.get(user, 0):
            rows.append(ReadMark(user_id=user, thread=thread, number=number))
    _store(rows)


def _store(rows: Iterable[ReadMark]) -> None:
    key, said = ["user", "thread"], ["number"]
    ReadMark.objects.bulk_create(rows, ROWS_AT_ONCE, update_conflicts=True, unique_fields=key, update_fields=said)


def _marks_in(source: Thread, target: Thread) -> list[tuple[int, int, int]]:
    """Return everybody who has a mark in one of the threads: who, their mark in `target`, and that in `source`."""
    found: dict[int, dict[int, int]] = {}
    marks = ReadMark.objects.filter(thread__in=(source, target))
    for user, thread, number in marks.values_list("user", "thread", "number"):
        found.setdefault(user, {})[thread] = number
    return [(user, own.get(target.pk, 0), own.get(source.pk, 0)) for user, own in found.items()]
