"""What is new to somebody costs the same however much they have read, and however long the threads are."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from forum.actions.blocks import block_person
from forum.actions.marks import mark_board_read
from forum.actions.posts import add_reply
from forum.models import Board, Post, ReadMark, Thread
from forum.permissions.roles import Viewer
from forum.queries.board_faces import BoardPlace, board_face, board_here
from forum.queries.board_pages import board_page
from forum.queries.marks import COUNTED, WINDOW, first_unread, only_unread, with_news, with_unread
from forum.queries.own_lists import news_of_boards
from forum.queries.thread_lists import listed, unread_in_cities
from tests.world import World

THREADS = 2000  # that somebody has read


def _unread(viewer: Viewer, thread: Thread) -> int:
    found: Any = with_unread(viewer, Thread.objects.filter(pk=thread.pk)).get()
    return int(found.unread)


def test_counting_ends_early(world: World) -> None:
    _threads(world, 1, posts=COUNTED + 30)
    thread = Thread.objects.get(title="Thread 0")
    assert _unread(Viewer.of(world.rita), thread) == COUNTED
    ReadMark.objects.create(user=world.rita, thread=thread, number=3)
    assert _unread(Viewer.of(world.rita), thread) == COUNTED
    ReadMark.objects.update(number=COUNTED + 20)
    assert _unread(Viewer.of(world.rita), thread) == 10


def test_the_first_post_that_is_new_is_neither_ones_own_nor_a_blocked_persons(world: World) -> None:
    add_reply(world.thread, by=world.dan, body="Not for Coco.")
    answer = add_reply(world.thread, by=world.mei, body="For everybody.")
    ReadMark.objects.create(user=world.coco, thread=world.thread, number=1)
    block_person(world.dan, by=world.coco)
    viewer = Viewer.of(world.coco)
    assert first_unread(viewer, world.thread) == answer
    assert _unread(viewer, world.thread) == 1
    ReadMark.objects.update(number=4)
    assert first_unread(viewer, world.thread) is None
    assert first_unread(Viewer(), world.thread) is None


def test_boards_and_cities_say_in_how_many_threads_something_is_new(world: World) -> None:
    _threads(world, 3)
    ReadMark.objects.create(user=world.coco, thread=Thread.objects.get(title="Thread 1"), number=9)
    viewer = Viewer.of(world.coco)
    assert news_of_boards(viewer, world.stoneferry) == {world.general.pk: 3, world.letters.pk: 0}
    assert {thread.title for thread in unread_in_cities(viewer)} == {"Thread 0", "Thread 2", "The bridge 橋"}
    mark_board_read(world.general, by=world.coco)
    assert unread_in_cities(Viewer.of(world.coco)) == []
    assert unread_in_cities(Viewer.of(world.rita)) == []
    assert news_of_boards(Viewer(), world.stoneferry) == {}


def test_of_a_board_only_the_liveliest_threads_are_looked_at(world: World) -> None:
    _threads(world, WINDOW + 20)
    boards: QuerySet[Board] = with_news(Viewer.of(world.rita), Board.objects.filter(pk=world.general.pk), "board")
    assert boards.get().news == WINDOW  # type: ignore[attr-defined]


def _threads(world: World, count: int, posts: int = 2, age: timedelta = timedelta()) -> list[Thread]:
    """Put so many threads of so many posts on the board, at once; the first is the oldest."""
    now = timezone.now() - age
    threads = Thread.objects.bulk_create(
        Thread(
            city=world.stoneferry,
            board=world.general,
            author=world.cai,
            last_author=world.cai,
            title=f"Thread {number}",
            last_number=posts,
            posts_count=posts,
            replies_count=posts - 1,
            last_post_at=now + timedelta(microseconds=number),
        )
        for number in range(count)
    )
    Post.objects.bulk_create(
        Post(thread=thread, number=number, author=world.cai, body="Words.", renderer_version=1, created_at=now)
        for thread in threads
        for number in range(1, posts + 1)
    )
    return threads


def _reader_of(threads: list[Thread], world: World) -> User:
    ReadMark.objects.bulk_create(ReadMark(user=world.rita, thread=thread, number=1) for thread in threads)
    others = [world.mei, world.dan, world.stan, world.ada]
    ReadMark.objects.bulk_create(ReadMark(user=one, thread=thread, number=2) for one in others for thread in threads)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return world.rita


@pytest.fixture
def much_read(world: World) -> Viewer:
    """Somebody who has read THREADS threads, each but for its last post; others have read all of them."""
    return Viewer.of(_reader_of(_threads(world, THREADS), world))


def test_lists_walk_along_indexes_not_through_what_one_has_read(world: World, much_read: Viewer) -> None:
    board = listed(much_read).filter(board=world.general).unpinned().order_by("-last_post_at", "-pk")  # type: ignore[attr-defined]
    page = with_unread(much_read, Thread.objects.filter(pk__in=Subquery(board.values("pk")[:21])))
    boards = with_news(much_read, world.stoneferry.boards.all(), "board")
    chosen = Thread.objects.filter(pk__in=list(board.values_list("pk", flat=True)[:21]))
    for rows in (page, boards, with_unread(much_read, chosen), only_unread(much_read, chosen)):
        _touches_little(rows)
    shown = board_page(much_read, board_face(board_here("stoneferry", "general"), BoardPlace()))
    assert [row.unread for row in shown.threads.items] == [1] * 20


def _touches_little(rows: QuerySet[Any]) -> None:
    """Fail when the plan of the query reads many marks or posts: whole tables, or all that is somebody's."""
    if connection.vendor == "sqlite":
        plan = rows.explain()
        for table in ("forum_readmark", "forum_post", "forum_boardmark"):
            assert f"SCAN {table}" not in plan, plan
        marks = [line for line in plan.splitlines() if "thread_marked_once" in line or "readmark" in line]
        assert marks, plan
        assert all("thread_id=?" in line for line in marks), plan
    else:
        _few_rows(rows.explain(analyze=True, format="json"))


def _few_rows(plan: str) -> None:
    for node in _nodes(json.loads(plan)[0]["Plan"]):
        if node.get("Relation Name") in ("forum_readmark", "forum_post", "forum_boardmark"):
            read = node["Actual Rows"] * node["Actual Loops"] + node.get("Rows Removed by Filter", 0)
            assert read <= 10 * WINDOW, node


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)
