"""Counting every stored number anew, and finding out which were wrong."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum
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
    Thread,
)
from forum.voting.counting import counted

# Every stored number, by the table that keeps it.
STORED: dict[type[models.Model], tuple[str, ...]] = {
    Post: ("recommendations_count",),
    Thread: ("posts_count", "replies_count", "former_count", "recommendations_count"),
    Board: ("threads_count", "posts_count"),
    City: ("threads_count", "posts_count", "citizens_count", "recommendations_count"),
    Digest: ("entries_count",),
    Case: ("weight",),
    Poll: ("ballots_count", "counts"),
    Petition: ("signatures_count",),
    Conversation: ("last_number",),
}


def _number(rows: QuerySet[Any], by: str) -> Coalesce:
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


def recount_cases() -> None:
    """Add up the reports of every case anew; what was withdrawn does not count."""
    reports = Report.objects.filter(case=OuterRef("pk")).exclude(state=Report.State.WITHDRAWN)
    weights = reports.order_by().values("case").annotate(n=Sum("weight")).values("n")
    Case.objects.update(weight=Coalesce(Subquery(weights, output_field=IntegerField()), 0))


def recount_votes() -> None:
    """Count the ballots of every poll and the signatures of every petition anew."""
    for poll in Poll.objects.all().iterator(chunk_size=200):
        ballots = list(poll.ballots.values_list("choices", flat=True))
        chosen = counted(ballots, {one for row in ballots for one in row}, ranked=poll.method == Poll.Method.RANKED)
        counts = {str(option): number for option, number in chosen.items() if number}
        Poll.objects.filter(pk=poll.pk).update(ballots_count=len(ballots), counts=counts)
    for petition in Petition.objects.all().iterator(chunk_size=200):
        Petition.objects.filter(pk=petition.pk).update(signatures_count=petition.signatures.count())


def recount_conversations() -> None:
    """Count the messages of every conversation anew; none is ever taken away."""
    Conversation.objects.update(last_number=_number(Message.objects.all(), "conversation"))


def recount_everything() -> None:
    """Count every stored number anew, the ones that others are made of first."""
    recount_posts()
    recount_threads()
    recount_boards_and_cities()
    recount_writers()
    recount_digests()
    recount_cases()
    recount_votes()
    recount_conversations()


def _numbers(model: type[models.Model]) -> dict[int, tuple[Any, ...]]:
    rows = model._default_manager.values_list("pk", *STORED[model])
    return {row[0]: row[1:] for row in rows.iterator(chunk_size=5000)}


@transaction.atomic
def recount_and_compare() -> dict[str, int]:
    """Count every stored number anew; return how many rows were wrong by number (`thread.replies_count`)."""
    before = {model: _numbers(model) for model in STORED}
    recount_everything()
    wrong: dict[str, int] = {}
    for model, names in STORED.items():
        after = _numbers(model)
        for place, name in enumerate(names):
            rows = sum(numbers[place] != after[pk][place] for pk, numbers in before[model].items() if pk in after)
            if rows:
                wrong[f"{model._meta.model_name}.{name}"] = rows
    return wrong
