"""Every stored number, and how it changes with an act; recounting.py counts them anew."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest

from accounts.statements import execute
from forum.actions.recounting import recount_activity, recount_boards, recount_cities
from forum.models import Ballot, Board, Case, City, Conversation, Digest, Message, Petition, Poll, Post, Thread

if TYPE_CHECKING:
    from accounts.models import User

# Replies and recommendations come most often, and having Django write these takes longer than the database.
_REPLY_IN_THREAD = """
UPDATE forum_thread SET last_number = last_number + 1, posts_count = posts_count + 1,
replies_count = replies_count + 1, last_post_at = CASE WHEN last_post_at < %s THEN %s ELSE last_post_at END,
last_author_id = %s WHERE id = %s
"""
_REPLY_IN_PLACES = [
    f"""UPDATE {table} SET posts_count = posts_count + 1,
last_activity_at = CASE WHEN last_activity_at < %s THEN %s ELSE last_activity_at END WHERE id = %s"""
    for table in ("forum_board", "forum_city")
]
_RECOMMENDED_POST, _RECOMMENDED_THREAD = (
    f"UPDATE {table} SET recommendations_count = recommendations_count + %s WHERE id = %s"
    for table in ("forum_post", "forum_thread")
)

_later: ContextVar[bool] = ContextVar("later", default=False)


@contextmanager
def counted_afterwards() -> Iterator[None]:
    """Leave boards and cities alone within, and count them anew at the end.

    For what writes thousands of posts in one transaction: on PostgreSQL each change of a row leaves a version
    behind, and thousands of versions of one city's row would be walked through again and again.
    """
    token = _later.set(True)
    try:
        yield
    finally:
        _later.reset(token)
    recount_boards(Board.objects.all())
    recount_cities(City.objects.all())
    recount_activity()


def _places(board_id: int, city_id: int) -> "tuple[QuerySet[Board], QuerySet[City]] | tuple[()]":
    """Return the rows that count what stands on a board, none when they are counted afterwards."""
    return () if _later.get() else (Board.objects.filter(pk=board_id), City.objects.filter(pk=city_id))


def thread_came(board: Board, *, at: datetime) -> None:
    """Count a new thread with its opening post."""
    for rows in _places(board.pk, board.city_id):
        rows.update(
            threads_count=F("threads_count") + 1,
            posts_count=F("posts_count") + 1,
            last_activity_at=Greatest(F("last_activity_at"), at),
        )


def reply_came(thread: Thread, *, by: "User", at: datetime) -> None:
    """Count a new reply at the end of the thread."""
    when = connection.ops.adapt_datetimefield_value(at)
    execute(_REPLY_IN_THREAD, [when, when, by.pk, thread.pk])
    if not _later.get():
        for statement, pk in zip(_REPLY_IN_PLACES, (thread.board_id, thread.city_id), strict=True):
            execute(statement, [when, when, pk])


def held_reply_came(thread: Thread) -> None:
    """Give away the number of a reply that waits for approval; it counts nowhere yet."""
    Thread.objects.filter(pk=thread.pk).update(last_number=F("last_number") + 1)


def held_reply_shown(thread: Thread, *, by: "User", at: datetime) -> None:
    """Count a reply that was approved as if it were written now."""
    Thread.objects.filter(pk=thread.pk).update(
        posts_count=F("posts_count") + 1,
        replies_count=F("replies_count") + 1,
        last_post_at=Greatest(F("last_post_at"), at),
        last_author=by,
    )
    if not thread.is_hidden:
        for rows in _places(thread.board_id, thread.city_id):
            rows.update(posts_count=F("posts_count") + 1, last_activity_at=Greatest(F("last_activity_at"), at))


def post_shown_or_hidden(post: Post, *, change: int) -> None:
    """Count a post out (change=-1) when it is hidden, in again (+1) when it is restored."""
    if not post.is_opener:
        Thread.objects.filter(pk=post.thread_id).update(replies_count=F("replies_count") + change)
    if not post.thread.is_hidden:
        for rows in _places(post.thread.board_id, post.thread.city_id):
            rows.update(posts_count=F("posts_count") + change)


def thread_shown_or_hidden(thread: Thread, *, change: int) -> None:
    """Count a thread and its shown posts out (change=-1) or in again (+1)."""
    posts = thread.posts.shown().count()
    for rows in _places(thread.board_id, thread.city_id):
        rows.update(
            threads_count=F("threads_count") + change,
            posts_count=F("posts_count") + change * posts,
        )


def thread_moved(thread: Thread, *, old: Board, new: Board) -> None:
    """Count a thread out of one board and into another of the same city."""
    if thread.is_hidden or _later.get():
        return
    posts = thread.posts.shown().count()
    # By id, so that two threads that change places cannot wait for each other.
    for board, change in sorted(((old, -1), (new, 1)), key=lambda pair: pair[0].pk):
        Board.objects.filter(pk=board.pk).update(
            threads_count=F("threads_count") + change, posts_count=F("posts_count") + change * posts
        )
    Board.objects.filter(pk=new.pk).update(last_activity_at=Greatest(F("last_activity_at"), thread.last_post_at))


def places_changed(city_id: int, changes: Mapping[int, tuple[int, int]]) -> None:
    """Count threads and posts in or out on several boards of one city: board → (threads, posts)."""
    if _later.get():
        return
    # By id, and the city after its boards: the order in which writing locks them.
    for board_id in sorted(changes):
        threads, posts = changes[board_id]
        Board.objects.filter(pk=board_id).update(
            threads_count=F("threads_count") + threads, posts_count=F("posts_count") + posts
        )
    threads, posts = (sum(change[place] for change in changes.values()) for place in (0, 1))
    City.objects.filter(pk=city_id).update(
        threads_count=F("threads_count") + threads, posts_count=F("posts_count") + posts
    )


def recommendation_changed(post: Post, *, change: int) -> None:
    """Count a recommendation given (+1) or withdrawn (-1)."""
    execute(_RECOMMENDED_POST, [change, post.pk])
    if post.is_opener:
        execute(_RECOMMENDED_THREAD, [change, post.thread_id])


def citizen_changed(city: City, *, change: int) -> None:
    """Count a citizen who came (+1) or left (-1)."""
    City.objects.filter(pk=city.pk).update(citizens_count=F("citizens_count") + change)


def entries_changed(digest: Digest, *, change: int) -> None:
    """Count an entry added (+1) or removed (-1)."""
    Digest.objects.filter(pk=digest.pk).update(entries_count=F("entries_count") + change)


def case_weighed(case: Case, *, change: int) -> None:
    """Add the weight of a report that came, or take away that of one that was withdrawn."""
    Case.objects.filter(pk=case.pk).update(weight=F("weight") + change)


def ballot_came(poll: Poll, ballot: Ballot) -> None:
    """Count a new ballot at the end of the chain of a locked poll."""
    chosen = ballot.choices[:1] if poll.method == Poll.Method.RANKED else ballot.choices
    for option in map(str, chosen):
        poll.counts[option] = poll.counts.get(option, 0) + 1
    Poll.objects.filter(pk=poll.pk).update(
        ballots_count=F("ballots_count") + 1, counts=poll.counts, chain_head=ballot.chain_hash
    )
    poll.ballots_count, poll.chain_head = ballot.number, ballot.chain_hash


def signature_changed(petition: Petition, *, change: int) -> None:
    """Count a signature given (+1) or taken back (-1)."""
    Petition.objects.filter(pk=petition.pk).update(signatures_count=F("signatures_count") + change)
    petition.signatures_count += change


def message_came(message: Message) -> None:
    """Count a new message at the end of its conversation; an author who had read all before has read this one too."""
    conversation = message.conversation
    Conversation.objects.filter(pk=conversation.pk).update(
        last_number=F("last_number") + 1, last_message_at=Greatest(F("last_message_at"), message.created_at)
    )
    conversation.last_number = message.number
    author = conversation.participants.filter(user=message.author_id, read_number=message.number - 1)
    author.update(read_number=message.number)
