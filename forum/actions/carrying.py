"""Carrying posts from one thread to another: under new numbers, or back under their old ones.

Number N of a thread means one post for ever: a post that leaves keeps its number there as a former one, and is the only
one that may come back to it.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import batched

from django.db.models import Max

from forum.actions.carried_marks import carry_marks, keep_board_marks
from forum.actions.recounting import recount_threads
from forum.actions.threads import EXCERPT_LENGTH
from forum.models import Draft, FormerNumber, Notification, Post, Thread, Watch
from forum.search.index import index_posts
from forum.text.excerpts import excerpt

ROWS_AT_ONCE = 500


def both_locked(one: Thread, other: Thread) -> tuple[Thread, Thread]:
    """Return both threads as they stand now, with board and city, their rows locked in the order of their ids."""
    rows = Thread.objects.select_for_update(of=("self",), no_key=True).select_related("board", "city").order_by("pk")
    found = {thread.pk: thread for thread in rows.filter(pk__in=(one.pk, other.pk))}
    for thread in found.values():
        thread.board.city = thread.city
    return found[one.pk], found[other.pk]


def carry(posts: Sequence[Post], source: Thread, target: Thread, numbers: Sequence[int]) -> None:
    """Put posts of `source` into `target` under `numbers`: free ones, or such as the same posts bore there before.

    What hangs on the posts goes with them; news of them leads to their new place, and who has read them finds them
    read there. Counts both threads anew; boards
    and cities are for the caller. The rows of both threads must be locked.
    """
    # Those that begin a thread, or did so, bear its title in the search.
    openers = [post for post, number in zip(posts, numbers, strict=True) if 1 in (post.number, number)]
    rows = [FormerNumber(thread=source, number=post.number, post=post) for post in posts]
    moved = [(post.number, post) for post in posts]
    if source.board_id != target.board_id:
        keep_board_marks(source)
    FormerNumber.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    for some in batched(zip(posts, numbers, strict=True), ROWS_AT_ONCE):
        FormerNumber.objects.filter(thread=target, number__in=[number for _post, number in some]).delete()
        for post, number in some:
            post.thread, post.number = target, number
        carried = [post for post, _number in some]
        Post.objects.bulk_update(carried, ["thread", "number"])
        Notification.objects.filter(thread=source, event__post__in=carried).update(thread=target)
    settle(source)
    settle(target)
    carry_marks(source, target, moved)
    index_posts(openers)


def settle(thread: Thread) -> None:
    """Make what the row of a thread says of its posts true again: counts, numbers, beginning and end."""
    last = Post.objects.filter(thread=thread).aggregate(last=Max("number"))["last"] or 0
    thread.last_number = max(thread.last_number, last)
    opener = Post.objects.filter(thread=thread, number=1).first()
    if opener:
        thread.author_id, thread.created_at, thread.language = opener.author_id, opener.created_at, opener.language
        thread.excerpt = "" if opener.is_hidden else excerpt(opener.body, EXCERPT_LENGTH)
        newest = Post.objects.filter(thread=thread).shown().order_by("-created_at", "-number").first() or opener
        thread.last_post_at, thread.last_author_id = newest.created_at, newest.author_id
    thread.save(
        update_fields=["last_number", "author", "created_at", "language", "excerpt", "last_post_at", "last_author"]
    )
    recount_threads(Thread.objects.filter(pk=thread.pk))
    thread.refresh_from_db(fields=["posts_count", "replies_count", "former_count", "recommendations_count"])


def watch_as_well(source: Thread, target: Thread, *, at: datetime, people: Sequence[int] | None = None) -> None:
    """Let those who watch or mute `source` do so with `target`, unless they have decided about it: all, or `people`."""
    watches = Watch.objects.filter(thread=source)
    if people is not None:
        watches = watches.filter(user__in=people)
    rows = [Watch(user_id=watch.user_id, thread=target, level=watch.level, created_at=at) for watch in watches]
    Watch.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)


def carry_drafts(source: Thread, target: Thread) -> None:
    """Let unsent replies go where the thread went, addressed to the same posts."""
    for draft in Draft.objects.filter(thread=source):
        former = FormerNumber.objects.filter(thread=source, number=draft.addressed_number or 0)
        addressed = former.filter(post__thread=target).select_related("post").first()
        draft.thread, draft.addressed_number = target, addressed.post.number if addressed else None
        draft.save(update_fields=["thread", "addressed_number"])
