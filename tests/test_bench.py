"""The bench: a generated site is as true as one that people wrote, and the table says what was measured."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from bench.load import growth, places
from bench.load.lines import Line
from bench.load.wrk import Request, read_result
from bench.site import plan
from bench.site.run import Site
from forum.actions.recounting import recount_everything
from forum.actions.texts import rendered
from forum.caching.triggers import are_in_place
from forum.models import Category, City, Post, Recommendation, Thread

POSTS = 2_000


class Killed(Site):
    """A generator that dies when it has stored a part of the posts."""

    def say(self, line: str, *, passing: bool = False) -> None:
        if "posts" in line:
            raise KeyboardInterrupt


@pytest.fixture
def bare(transactional_db: None) -> Iterator[None]:
    """A database with nothing but a directory in it, rid afterwards of what the generator noted."""
    call_command("migrate", verbosity=0)
    # Tests that empty the tables take the directory along.
    Category.objects.get_or_create(
        slug="part", defaults={"parent_id": _category(), "name_zh": "部分", "name_en": "Part"}
    )
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_aside")
        cursor.execute("DROP TABLE IF EXISTS bench_progress")


def _indexes() -> set[str]:
    with connection.cursor() as cursor:
        names = connection.introspection.get_constraints(cursor, "forum_post")
        return set(names) | set(connection.introspection.get_constraints(cursor, "forum_event"))


def test_a_generated_site_is_true_though_the_generator_was_killed(bare: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "BATCH", 400)
    before = _indexes()
    with pytest.raises(KeyboardInterrupt):
        Killed(POSTS, quiet=True).build()
    assert 0 < Post.objects.count() < POSTS
    with pytest.raises(CommandError, match="was begun"):
        Site(POSTS + 1, quiet=True)
    Site(POSTS, quiet=True).build()
    assert Post.objects.count() == POSTS
    assert _indexes() == before
    assert are_in_place()
    connection.check_constraints()
    assert not recount_everything()
    call_command("verify_city", City.objects.order_by("pk")[1].slug, verbosity=0)
    for post in Post.objects.order_by("-recommendations_count")[:40]:
        assert post.html == rendered(post.body, language=post.language)["html"]
    assert Recommendation.objects.exists()
    found = places.find()
    assert found.thread.posts_count == POSTS // 4
    cookie, pk = next(iter(places.members(found.thread).items()))
    for headers in ({}, {"Cookie": cookie}):
        for address in found.pages.values():
            assert Client().get(address, headers=headers).status_code == 200, address
    # What the load sends is taken: a reply, and a recommendation of somebody else's post, which is not sent again.
    reply = places.replies(found.thread, [cookie])[0]
    recommendation = places.recommendations(found.thread, {cookie: pk})[0]
    [writer] = Post.objects.filter(thread=found.thread).order_by("number").values_list("author", flat=True)[:1]
    paths = {one.path for one in places.recommendations(found.thread, {cookie: writer}, POSTS)}
    own = Post.objects.filter(thread=found.thread, author=writer).values_list("pk", flat=True)
    assert paths
    assert not paths & {f"/p/{post}/recommend/" for post in own}
    for request in (reply, recommendation):
        assert _post(request).status_code == 302
    assert recommendation.path not in {one.path for one in places.recommendations(found.thread, {cookie: pk}, POSTS)}
    assert Thread.objects.get(pk=found.thread.pk).posts_count == POSTS // 4 + 1


def _post(request: Request) -> object:
    kind = dict(request.headers)["Content-Type"]
    return Client(enforce_csrf_checks=True).post(
        request.path, request.body, content_type=kind, headers=dict(request.headers)
    )


def test_a_site_of_others_is_left_alone(bare: None) -> None:
    City.objects.create(name="Somebody's", slug="somebodys", category_id=_category())
    with pytest.raises(CommandError, match="a database of its own"):
        Site(POSTS, quiet=True)


def _category() -> int:
    return Category.objects.get_or_create(slug="any", defaults={"name_zh": "任何", "name_en": "Any"})[0].pk


def test_the_same_numbers_plan_the_same_site() -> None:
    now = timezone.now()
    first, second = plan.Plan(100_000, now), plan.Plan(100_000, now)
    assert (first.lengths, first.boards) == (second.lengths, second.boards)
    assert sum(first.lengths) == 100_000
    assert max(first.lengths) == first.lengths[first.long_thread] == plan.LONG
    assert sorted(first.lengths)[len(first.lengths) // 2] < 6
    assert sum(map(len, first.batches())) == len(first.lengths)
    assert first.begun_at(0) < first.begun_at(len(first.lengths) - 1) < now


def test_a_line_says_what_was_not_reached() -> None:
    answered = read_result("Running 3s test\nRESULT 900 3000000 27000000 0 0 5000 20000 0\n")
    assert (answered.rate, answered.p50, answered.p99) == (300, 5, 20)
    line = Line("city", "visitor, warm", "Y1", 0.7, tail=3)
    line.add(answered, 1.8, yardstick=400)
    assert line.problems == ["p99 ≤ 3 × p50 (4.0, Y1 itself 0.0)"]
    assert line.cells()[3] == "**0.75** (0.75–0.75) Y1"
    assert line.processor == [2.0]
    line.add(read_result("RESULT 300 3000000 9000000 1 2 5000 9000 1"), 1.8, yardstick=400)
    assert line.problems == ["≥ 0.7 × Y1", "no refused request", "no broken connection"]


def test_runs_of_two_sizes_are_laid_beside_each_other(tmp_path: Path) -> None:
    for posts, page, spent in ((10_079, 4, 2.0), (1_000_000, 400, 2.2)):
        lines = [{"scenario": f"board, page {page}", "reader": "member", "ratio": 0.5, "processor": spent}]
        (tmp_path / f"sqlite-{posts}-20260101-000000.json").write_text(json.dumps({"facts": {}, "lines": lines}))
    runs = growth.newest(tmp_path)
    assert [posts for _database, posts, _lines in runs] == [10_079, 1_000_000]
    assert growth.table(runs).splitlines()[-1] == "| board, page 4 · member | 0.50 · 2.00 ms | 0.50 · 2.20 ms | 1.10 |"
