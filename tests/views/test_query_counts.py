"""The number of SQL queries of the main pages does not grow with what is on them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from forum.actions.posts import add_reply
from forum.actions.recommendations import recommend_post
from forum.actions.threads import create_thread
from forum.models import Post, Revision, Thread
from tests.world import World, make_person

type Counting = Callable[[int], AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def _django_knows_its_database(db: None) -> None:
    """Django asks a SQLite connection once whether it knows JSON; no page should be charged for it."""
    assert connection.features.supports_json_field


def _client(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def _fill_board(world: World, count: int) -> None:
    for number in range(count - 1):
        thread = create_thread(world.general, by=world.cai, title=f"Thread {number}", body="Some words.")
        recommend_post(thread.posts.get(number=1), by=world.coco)


def _fill_thread(world: World, count: int) -> None:
    for number in range(count - 1):
        post = add_reply(world.thread, by=(world.cai, world.coco)[number % 2], body="More words.", to=1)
        recommend_post(post, by=world.dan)
        if number < 12:
            recommend_post(world.opener, by=make_person(f"reader{number}"))


@pytest.mark.parametrize("count", [1, 3, 50])
@pytest.mark.parametrize(
    ("who", "address", "first", "then"),
    [
        *((None, "/", 5, 1), ("coco", "/", 9, 4)),
        *((None, "/c/stoneferry/b/general/", 4, 1), ("coco", "/c/stoneferry/b/general/", 9, 5)),
    ],
)
def test_home_and_board(
    world: World, django_assert_num_queries: Counting, count: int, who: str | None, address: str, first: int, then: int
) -> None:
    _fill_board(world, count)
    client = _client(getattr(world, who) if who else None)
    for queries in (first, then):
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 3, 50])
@pytest.mark.parametrize(("who", "first", "then"), [(None, 5, 1), ("coco", 9, 4), ("mei", 9, 4)])
def test_thread(
    world: World, django_assert_num_queries: Counting, count: int, who: str | None, first: int, then: int
) -> None:
    _fill_thread(world, count)
    recommend_post(world.reply, by=world.dan)
    client = _client(getattr(world, who) if who else None)
    for queries in (first, then):
        with django_assert_num_queries(queries):
            assert client.get(f"/t/{world.thread.pk}/").status_code == 200


@pytest.mark.parametrize("number", [1, 100])
@pytest.mark.parametrize(("who", "queries"), [(None, 4), ("coco", 8)])
def test_first_and_last_page_of_a_long_thread(
    world: World, django_assert_num_queries: Counting, who: str | None, queries: int, number: int
) -> None:
    _lengthen(world.thread, 2000)
    client = _client(getattr(world, who) if who else None)
    with django_assert_num_queries(queries):  # one less than above: nothing is recommended
        assert client.get(f"/t/{world.thread.pk}/?page={number}").status_code == 200


def _lengthen(thread: Thread, length: int) -> None:
    """Give the thread `length` posts in all, at once."""
    reply = thread.posts.get(number=2)
    posts = [
        Post(
            thread=thread,
            number=number,
            author_id=reply.author_id,
            body="Words.",
            html="<p>Words.</p>",
            renderer_version=1,
        )
        for number in range(3, length + 1)
    ]
    Revision.objects.bulk_create(
        Revision(post=post, number=1, author_id=post.author_id, body=post.body)
        for post in Post.objects.bulk_create(posts)
    )
    Thread.objects.filter(pk=thread.pk).update(posts_count=length, replies_count=length - 1, last_number=length)
