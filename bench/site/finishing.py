"""What follows when all posts are there: what members have read, numbers that others are made of, and the search."""

import random
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count

from bench.site.plan import Plan
from bench.site.stores import insert
from forum.actions.recounting import recount_activity
from forum.models import City, Membership, Post, ReadMark, Thread
from forum.search.index import index_outdated_posts

READERS = 200  # citizens of the largest city who have read
READ = 300  # threads each


def mark_read(plan: Plan, first_id: int) -> None:
    """Let some citizens of the largest city have read most of its newest threads, some of them not to the end."""
    rng = random.Random(plan.seed + 2)
    city = City.objects.order_by("pk")[0]
    citizens = Membership.objects.filter(city=city).order_by("-role", "pk")
    people = list(citizens.values_list("user", flat=True)[:READERS])  # before COPY, which takes the connection
    threads = list(
        Thread.objects.filter(city=city, is_hidden=False)
        .order_by("-last_post_at", "-pk")
        .values_list("pk", "last_number")[: READ * 3 // 2]
    )

    def rows() -> Iterator[tuple[int, int, int, int]]:
        pk = first_id
        for person in people:
            for thread, last in rng.sample(threads, min(READ, len(threads) * 2 // 3)):
                yield pk, person, thread, last if rng.random() < 0.7 else rng.randint(1, last)
                pk += 1

    insert(ReadMark, rows())


def count_writers(plan: Plan) -> None:
    """Say how many wrote in each city in the last 30 days, and when anybody did last."""
    since = plan.now - timedelta(days=30)
    recent = Post.objects.shown().filter(thread__last_post_at__gt=since, created_at__gt=since, thread__is_hidden=False)
    rows = recent.order_by().values("thread__city").annotate(n=Count("author", distinct=True))
    City.objects.update(writers_count=0)
    for row in rows:
        City.objects.filter(pk=row["thread__city"]).update(writers_count=row["n"])
    recount_activity()


def index() -> Iterator[int]:
    """Fill the search index; yield how many posts are in."""
    done = 0
    for count in index_outdated_posts():
        done += count
        yield done
