"""The demo world is complete, agrees with itself and is the same every time."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from forum.management.demo import load
from forum.management.demo.durations import duration
from forum.management.demo.shapes import City, Post, Thread, World
from forum.management.demo.threads import read_thread, recommendations

JOINED = {"anna": timedelta(days=900), "bao": timedelta(days=800), "chen": timedelta(days=20)}


@pytest.fixture(scope="module")
def world() -> World:
    return load()


def posts(world: World, *, composed: bool) -> list[Post]:
    return [
        post for city in world.cities for thread in city.threads if thread.composed == composed for post in thread.posts
    ]


def threads(city: City) -> list[Thread]:
    return [thread for thread in city.threads if not thread.composed]


def test_the_world_is_the_same_every_time(world: World) -> None:
    Random().random()
    assert load() == world


def test_the_world_is_large_enough_to_look_around_in(world: World) -> None:
    assert len(posts(world, composed=False)) > 400
    assert 1_900 < len(posts(world, composed=False)) + len(posts(world, composed=True)) < 2_500
    assert all(len(threads(city)) >= 12 for city in world.cities)


def test_every_city_has_what_a_visitor_looks_for(world: World) -> None:
    for city in world.cities:
        assert 4 <= len(city.boards) <= 6
        assert any(notice.until is None for notice in city.notices)
        assert {act.do for thread in city.threads for act in thread.acts} >= {"pin", "feature", "lock", "hide", "move"}
        assert max(len(thread.posts) for thread in threads(city)) > 25
        assert sum(len(thread.posts[0].body) > 1_000 for thread in threads(city)) >= 2


def test_somebody_waits_and_somebody_was_refused(world: World) -> None:
    states = [application.state for city in world.cities for application in city.applications]
    assert states.count("waiting") == 1
    assert states.count("refused") == 1


def test_one_city_has_no_deputy(world: World) -> None:
    deputies = [sum(citizen.role == "deputy" for citizen in city.citizens) for city in world.cities]
    assert deputies == [2, 0, 1]


def test_the_newest_post_is_minutes_old_and_the_oldest_years(world: World) -> None:
    ages = [post.ago for post in posts(world, composed=False)]
    assert min(ages) < timedelta(minutes=15)
    assert max(ages) > timedelta(days=15 * 365)


def test_edits_change_something_and_follow_each_other(world: World) -> None:
    edited = [post for post in posts(world, composed=False) if post.edits]
    assert max(len(post.edits) for post in edited) == 5
    for post in edited:
        versions = [post.body, *(edit.body for edit in post.edits)]
        assert all(old != new for old, new in pairwise(versions))
        times = [post.ago, *(edit.ago for edit in post.edits)]
        assert times == sorted(times, reverse=True)


def test_no_slot_of_a_template_stays_empty(world: World) -> None:
    assert [post.body for post in posts(world, composed=True) if "{" in post.body or "}" in post.body] == []


@pytest.mark.parametrize(("text", "hours"), [("40m", 2 / 3), ("2h30m", 2.5), ("1y1w1d", 24 * 373)])
def test_a_duration_reads_as_written(text: str, hours: float) -> None:
    assert duration(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "3", "3 d", "d3", "-2h"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        duration(text)


def test_recommendations_name_people_first_and_then_others() -> None:
    given = recommendations({"by": ["bao"], "more": 1}, timedelta(days=5), "anna", JOINED, "seed")
    assert {one.username for one in given} == {"bao", "chen"}
    assert all(timedelta() < one.ago < timedelta(days=5) for one in given)


@pytest.mark.parametrize(("rule", "problem"), [(["anna"], "own post"), (3, "2 people there")])
def test_impossible_recommendations_are_refused(rule: int | list[str], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        recommendations(rule, timedelta(days=5), "anna", JOINED, "seed")


@pytest.mark.parametrize(
    ("posts", "problem"),
    [
        ([{"by": "anna", "body": "one"}, {"by": "bao", "body": "two", "after": "3d"}], "post 2 lies in the future"),
        ([{"by": "anna", "body": "aa", "edits": [{"after": "1h", "changes": [["a", "b"]]}]}], "must match once"),
        ([{"by": "anna"}], "body"),
    ],
)
def test_a_wrong_thread_is_refused_with_the_name_of_its_file(posts: list[dict[str, object]], problem: str) -> None:
    path = Path("cities/here/threads/greeting.toml")
    with pytest.raises(ValueError, match=rf"here/greeting\.toml.*{problem}"):
        read_thread(path, {"title": "Hello", "board": "general", "ago": "2d", "posts": posts}, JOINED)
