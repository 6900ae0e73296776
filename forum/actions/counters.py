"""Every stored number: how it changes with an act, and how it is counted anew (`recount_*`)."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from forum.actions.report_counters import recount_cases
from forum.actions.vote_counters import recount_votes
from forum.models import (
    Board,
    City,
    CityRecommendation,
    Digest,
    DigestEntry,
    FormerNumber,
    Membership,
    Post,
    Recommendation,
    Thread,
)

if TYPE_CHECKING:
    from django.db.models import Model

    from accounts.models import User


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
    recount_boards_and_cities()
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
    Thread.objects.filter(pk=thread.pk).update(
        last_number=F("last_number") + 1,
        posts_count=F("posts_count") + 1,
        replies_count=F("replies_count") + 1,
        last_post_at=Greatest(F("last_post_at"), at),
        last_author=by,
    )
    for rows in _places(thread.board_id, thread.city_id):
        rows.update(posts_count=F("posts_count") + 1, last_activity_at=Greatest(F("last_activity_at"), at))


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
    Post.objects.filter(pk=post.pk).update(recommendations_count=F("recommendations_count") + change)
    if post.is_opener:
        Thread.objects.filter(pk=post.thread_id).update(recommendations_count=F("recommendations_count") + change)


def citizen_changed(city: City, *, change: int) -> None:
    """Count a citizen who came (+1) or left (-1)."""
    City.objects.filter(pk=city.pk).update(citizens_count=F("citizens_count") + change)


def entries_changed(digest: Digest, *, change: int) -> None:
    """Count an entry added (+1) or removed (-1)."""
    Digest.objects.filter(pk=digest.pk).update(entries_count=F("entries_count") + change)


def _number(rows: "QuerySet[Model]", by: str) -> Coalesce:
    """Return a subquery that counts `rows` whose `by` is the outer row, 0 when there are none."""
    counted = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def recount_posts() -> None:
    """Count the recommendations of every post anew."""
    Post.objects.update(recommendations_count=_number(Recommendation.objects.all(), "post"))


def recount_threads(pks: Iterable[int] | None = None) -> None:
    """Count posts, replies, former numbers and recommendations anew: of every thread, or of those given."""
    opener = Post.objects.filter(thread=OuterRef("pk"), number=1).annotate(
        total=F("recommendations_count") + F("earlier_recommendations")
    )
    rows = Thread.objects.all() if pks is None else Thread.objects.filter(pk__in=pks)
    rows.update(
        former_count=_number(FormerNumber.objects.all(), "thread"),
        replies_count=_number(Post.objects.shown().replies(), "thread"),
        posts_count=_number(Post.objects.filter(is_held=False), "thread"),
        recommendations_count=Coalesce(Subquery(opener.values("total")[:1], output_field=IntegerField()), 0),
    )


def recount_boards_and_cities() -> None:
    """Count threads, posts and citizens of every board and city anew; what is hidden does not count."""
    threads = Thread.objects.shown()
    posts = Post.objects.shown().filter(thread__is_hidden=False)
    Board.objects.update(threads_count=_number(threads, "board"), posts_count=_number(posts, "thread__board"))
    City.objects.update(
        threads_count=_number(threads, "city"),
        posts_count=_number(posts, "thread__city"),
        citizens_count=_number(Membership.objects.all(), "city"),
        recommendations_count=_number(CityRecommendation.objects.all(), "city"),
    )


def recount_activity() -> None:
    """Set when something was last written on every board and in every city, where anything was."""
    for model, place in ((Board, "board"), (City, "city")):
        threads = Thread.objects.filter(**{place: OuterRef("pk")}, is_held=False)
        newest = threads.order_by("-last_post_at").values("last_post_at")[:1]
        model.objects.update(last_activity_at=Coalesce(Subquery(newest), F("last_activity_at")))


def recount_writers(at: datetime | None = None) -> None:
    """Count how many different people wrote in each city in the last 30 days; what is hidden does not count.

    No act changes this number at once: it is counted anew every hour.
    """
    since = (at or timezone.now()) - timedelta(days=30)
    posts = Post.objects.shown().filter(thread__is_hidden=False, created_at__gt=since, thread__city=OuterRef("pk"))
    writers = posts.order_by().values("thread__city").annotate(n=Count("author", distinct=True)).values("n")
    City.objects.update(writers_count=Coalesce(Subquery(writers, output_field=IntegerField()), 0))


def recount_digests() -> None:
    """Count the entries of every digest anew."""
    Digest.objects.update(entries_count=_number(DigestEntry.objects.all(), "digest"))


def recount_everything() -> None:
    """Count every stored number anew, the ones that others are made of first."""
    recount_posts()
    recount_threads()
    recount_boards_and_cities()
    recount_writers()
    recount_digests()
    recount_cases()
    recount_votes()
