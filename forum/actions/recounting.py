"""Counting every stored number anew, and finding out which were wrong: some rows at a time, so that nobody waits."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Count, F, FilteredRelation, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from forum.models import (
    Board,
    Case,
    City,
    CityRecommendation,
    Conversation,
    Digest,
    DigestEntry,
    FormerNumber,
    Membership,
    Message,
    Petition,
    Poll,
    Post,
    Recommendation,
    Report,
    Signature,
    Thread,
)
from forum.voting.counting import counted

WINDOW = 5_000  # rows of one table that are counted anew in one transaction
type Rows = QuerySet[Any]


def _number(rows: Rows, by: str) -> Coalesce:
    """Return a subquery that counts `rows` whose `by` is the outer row, 0 when there are none."""
    counted = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _put_right(rows: Rows, **numbers: Coalesce) -> None:
    """Write the numbers where one of them is another: a row that is right is neither locked nor written again."""
    wrong = Q()
    for name, number in numbers.items():
        wrong |= ~Q(**{name: number})
    rows.filter(wrong).update(**numbers)


def recount_posts(rows: Rows) -> None:
    """Count the recommendations of these posts anew."""
    _put_right(rows, recommendations_count=_number(Recommendation.objects.all(), "post"))


def recount_threads(rows: Rows) -> None:
    """Count posts, replies, former numbers and recommendations of these threads anew."""
    opener = Post.objects.filter(thread=OuterRef("pk"), number=1).annotate(
        total=F("recommendations_count") + F("earlier_recommendations")
    )
    _put_right(
        rows,
        former_count=_number(FormerNumber.objects.all(), "thread"),
        replies_count=_number(Post.objects.shown().replies(), "thread"),
        posts_count=_number(Post.objects.filter(is_held=False), "thread"),
        recommendations_count=Coalesce(Subquery(opener.values("total")[:1], output_field=IntegerField()), 0),
    )


def recount_boards(rows: Rows) -> None:
    """Count threads and posts of these boards anew; what is hidden does not count."""
    posts = Post.objects.shown().filter(thread__is_hidden=False)
    threads = _number(Thread.objects.shown(), "board")
    _put_right(rows, threads_count=threads, posts_count=_number(posts, "thread__board"))


def recount_cities(rows: Rows) -> None:
    """Count threads, posts, citizens and recommendations of these cities anew; what is hidden does not count."""
    _put_right(
        rows,
        threads_count=_number(Thread.objects.shown(), "city"),
        posts_count=_number(Post.objects.shown().filter(thread__is_hidden=False), "thread__city"),
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

    No act changes this number at once: it is counted anew every hour. It is read first, and only cities of which it has
    become another are locked, one by one.
    """
    since = (at or timezone.now()) - timedelta(days=30)
    fresh = FilteredRelation("posts", condition=Q(posts__is_hidden=False, posts__created_at__gt=since))
    threads = Thread.objects.shown().filter(last_post_at__gt=since).annotate(fresh=fresh, place=F("city") + 0)
    # Grouped by a sum and joined from the left, so that SQLite, too, begins with the threads that are alive.
    writers = dict(threads.order_by().values_list("place").annotate(n=Count("fresh__author", distinct=True)))
    for city, known in City.objects.values_list("pk", "writers_count"):
        if known != writers.get(city, 0):
            City.objects.filter(pk=city).update(writers_count=writers.get(city, 0))


def recount_digests(rows: Rows) -> None:
    """Count the entries of these digests anew."""
    _put_right(rows, entries_count=_number(DigestEntry.objects.all(), "digest"))


def recount_cases(rows: Rows) -> None:
    """Add up the reports of these cases anew; what was withdrawn does not count."""
    reports = Report.objects.filter(case=OuterRef("pk")).exclude(state=Report.State.WITHDRAWN)
    weights = reports.order_by().values("case").annotate(n=Sum("weight")).values("n")
    _put_right(rows, weight=Coalesce(Subquery(weights, output_field=IntegerField()), 0))


def recount_polls(rows: Rows) -> None:
    """Count the ballots of these polls anew."""
    for poll in rows.iterator(chunk_size=200):
        ballots = list(poll.ballots.values_list("choices", flat=True))
        chosen = counted(ballots, {one for row in ballots for one in row}, ranked=poll.method == Poll.Method.RANKED)
        counts = {str(option): number for option, number in chosen.items() if number}
        if (poll.ballots_count, poll.counts) != (len(ballots), counts):
            Poll.objects.filter(pk=poll.pk).update(ballots_count=len(ballots), counts=counts)


def recount_petitions(rows: Rows) -> None:
    """Count the signatures of these petitions anew."""
    _put_right(rows, signatures_count=_number(Signature.objects.all(), "petition"))


def recount_conversations(rows: Rows) -> None:
    """Count the messages of these conversations anew; none is ever taken away."""
    _put_right(rows, last_number=_number(Message.objects.all(), "conversation"))


@dataclass(frozen=True, slots=True)
class Stored:
    """The numbers that a table keeps, and what counts them anew in some of its rows."""

    model: type[models.Model]
    names: tuple[str, ...]
    recount: Callable[[Rows], None]


# Every stored number; the ones that others are made of first.
STORED: tuple[Stored, ...] = (
    Stored(Post, ("recommendations_count",), recount_posts),
    Stored(Thread, ("posts_count", "replies_count", "former_count", "recommendations_count"), recount_threads),
    Stored(Board, ("threads_count", "posts_count"), recount_boards),
    Stored(City, ("threads_count", "posts_count", "citizens_count", "recommendations_count"), recount_cities),
    Stored(Digest, ("entries_count",), recount_digests),
    Stored(Case, ("weight",), recount_cases),
    Stored(Poll, ("ballots_count", "counts"), recount_polls),
    Stored(Petition, ("signatures_count",), recount_petitions),
    Stored(Conversation, ("last_number",), recount_conversations),
)


def _windows(model: type[models.Model]) -> Iterator[Rows]:
    rows = model._default_manager.all()
    last = rows.aggregate(last=Max("pk"))["last"] or 0
    for start in range(1, last + 1, WINDOW):
        yield rows.filter(pk__gte=start, pk__lt=start + WINDOW)


def recount_everything() -> dict[str, int]:
    """Count every stored number anew; return how many rows were wrong by number (`thread.replies_count`).

    Each window of rows is a transaction of its own.
    """
    wrong: Counter[str] = Counter()
    for stored in STORED:
        for rows in _windows(stored.model):
            wrong += _recounted(stored, rows)
    recount_writers()
    return dict(wrong)


@transaction.atomic
def _recounted(stored: Stored, rows: Rows) -> Counter[str]:
    before = {row[0]: row[1:] for row in rows.values_list("pk", *stored.names)}
    stored.recount(rows)
    after = {row[0]: row[1:] for row in rows.values_list("pk", *stored.names)}
    kept = before.keys() & after.keys()
    return Counter(
        f"{stored.model._meta.model_name}.{name}"
        for place, name in enumerate(stored.names)
        for pk in kept
        if before[pk][place] != after[pk][place]
    )
