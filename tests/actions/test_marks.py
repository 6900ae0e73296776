"""Reading marks: they go forward only, and posts that appear late or move take them along."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from forum.actions.holds import approve_post
from forum.actions.marks import forget_old_marks, mark_board_read, mark_thread_read
from forum.actions.merging import merge_threads
from forum.actions.moderation import hide_post, move_thread
from forum.actions.posts import add_reply
from forum.actions.rules import change_rules
from forum.actions.splitting import split_thread
from forum.actions.threads import create_thread
from forum.actions.undoing import undo_event
from forum.models import BoardMark, Event, Hold, Post, ReadMark, Thread
from forum.permissions.marks import REMEMBERED
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Forbidden
from forum.queries.marks import reading_of, with_unread
from tests.world import World


def new_to(person: User, thread: Thread) -> list[int]:
    """Return the numbers of the posts that are new to the person, having checked that they are counted rightly."""
    viewer = Viewer.of(person)
    found = with_unread(viewer, Thread.objects.filter(pk=thread.pk)).get()
    reading = reading_of(viewer, found)
    assert reading
    numbers = [post.number for post in Post.objects.filter(thread=thread).order_by("number") if reading.is_new(post)]
    assert found.unread == len(numbers)  # type: ignore[attr-defined]
    return numbers


def _write(world: World, thread: Thread, count: int, by: User | None = None) -> None:
    for number in range(count):
        add_reply(thread, by=by or world.coco, body=f"More of it, {number}.")


def test_a_mark_goes_forward_only_and_never_past_the_end(world: World) -> None:
    thread = create_thread(world.general, by=world.cai, title="Planks", body="Three.")
    _write(world, thread, 5)
    thread.refresh_from_db()
    for number, left in ((3, [4, 5, 6]), (2, [4, 5, 6]), (5, [6]), (99, [])):
        mark_thread_read(thread, by=world.rita, number=number)
        assert new_to(world.rita, thread) == left
    assert ReadMark.objects.get().number == 6
    _write(world, thread, 1)
    assert new_to(world.rita, thread) == [7]


def test_marking_takes_one_statement(world: World) -> None:
    thread = Thread.objects.select_related("city").get(pk=world.thread.pk)
    for _twice in range(2):
        with CaptureQueriesContext(connection) as asked:
            mark_thread_read(thread, by=world.rita)
        assert [one["sql"].split()[0] for one in asked.captured_queries] == ["SAVEPOINT", "INSERT", "RELEASE"]


def test_nobody_marks_what_they_may_not_read(world: World) -> None:
    world.thread.is_hidden = True
    with pytest.raises(Forbidden):
        mark_thread_read(world.thread, by=world.rita)


def test_ones_own_posts_and_hidden_ones_are_never_new(world: World) -> None:
    _write(world, world.thread, 1, by=world.cai)
    assert new_to(world.cai, world.thread) == [2]
    hide_post(world.reply, by=world.mei, reason="Rude")
    assert new_to(world.cai, world.thread) == []
    assert new_to(world.coco, world.thread) == [1, 3]


def test_a_board_is_read_until_the_page_was_shown(world: World) -> None:
    mark_thread_read(Thread.objects.select_related("city").get(pk=world.thread.pk), by=world.rita)
    shown_at = timezone.now()
    _write(world, world.thread, 1)
    other = create_thread(world.letters, by=world.cai, title="Elsewhere", body="On another board.")
    mark_board_read(world.general, by=world.rita, until=shown_at)
    mark_board_read(world.general, by=world.rita, until=shown_at - timedelta(days=2))
    assert BoardMark.objects.get().read_before == shown_at
    assert new_to(world.rita, world.thread) == [3]
    assert new_to(world.rita, other) == [1]
    mark_board_read(None, by=world.rita, until=timezone.now() + timedelta(days=3))
    assert [new_to(world.rita, one) for one in (world.thread, other)] == [[], []]
    assert BoardMark.objects.get().board is None
    _write(world, world.thread, 1)
    assert new_to(world.rita, world.thread) == [4]


def test_marks_that_say_no_more_than_the_mark_of_the_board_are_let_go_of(world: World) -> None:
    mark_thread_read(Thread.objects.select_related("city").get(pk=world.thread.pk), by=world.rita)
    mark_board_read(world.letters, by=world.rita)
    assert ReadMark.objects.count() == 1
    mark_board_read(world.general, by=world.rita)
    assert not ReadMark.objects.exists()


def test_what_lies_still_for_a_year_needs_no_mark(world: World) -> None:
    mark_thread_read(Thread.objects.select_related("city").get(pk=world.thread.pk), by=world.rita)
    assert forget_old_marks(timezone.now() + REMEMBERED - timedelta(days=1)) == 0
    assert forget_old_marks(timezone.now() + REMEMBERED + timedelta(days=1)) == 1
    User.objects.filter(pk=world.rita.pk).update(date_joined=timezone.now() - 3 * REMEMBERED)
    Post.objects.filter(thread=world.thread).update(created_at=timezone.now() - 2 * REMEMBERED)
    assert new_to(User.objects.get(pk=world.rita.pk), world.thread) == []


def test_what_was_written_before_somebody_joined_is_not_new_to_them(world: World) -> None:
    User.objects.filter(pk=world.rita.pk).update(date_joined=timezone.now())
    assert new_to(User.objects.get(pk=world.rita.pk), world.thread) == []


def test_a_post_approved_late_is_new_to_who_has_read_past_it(world: World) -> None:
    rules = change_rules(world.stoneferry, by=world.mei, probation_posts=9)
    held = add_reply(world.thread, by=world.coco, body="Is it safe at night?")
    rules.delete()
    _write(world, world.thread, 1, by=world.dan)
    thread = Thread.objects.select_related("city").get(pk=world.thread.pk)
    mark_thread_read(thread, by=world.rita)
    assert new_to(world.rita, world.thread) == []
    approve_post(Hold.objects.get(post=held), by=world.mei)
    assert new_to(world.rita, world.thread) == [3, 4]


@pytest.fixture
def ferry(world: World) -> Thread:
    """Another thread, on another board, of four posts."""
    thread = create_thread(world.letters, by=world.coco, title="The ferry 渡船", body="It rests on Mondays.")
    _write(world, thread, 3, by=world.cai)
    return Thread.objects.select_related("city").get(pk=thread.pk)


def test_posts_split_off_are_read_where_they_were_read(world: World, ferry: Thread) -> None:
    mark_thread_read(ferry, by=world.rita, number=3)
    mark_thread_read(ferry, by=world.stan, number=1)
    split = split_thread(ferry, by=world.mei, numbers=[3, 4], board=world.general, title="On Tuesdays")
    assert (new_to(world.rita, ferry), new_to(world.rita, split)) == ([], [2])
    assert (new_to(world.stan, ferry), new_to(world.stan, split)) == ([2], [1, 2])
    undo_event(Event.objects.get(kind="thread.split"), by=world.mei)
    assert (new_to(world.rita, ferry), new_to(world.stan, ferry)) == ([4], [2, 3, 4])


def test_posts_of_a_merged_thread_are_new_to_who_has_not_read_them(world: World, ferry: Thread) -> None:
    into = Thread.objects.select_related("city").get(pk=world.thread.pk)
    mark_thread_read(into, by=world.rita)
    mark_thread_read(ferry, by=world.rita, number=2)
    mark_thread_read(into, by=world.stan)
    mark_thread_read(ferry, by=world.ada)
    merge_threads(ferry, by=world.mei, into=into)
    assert new_to(world.rita, into) == [5, 6]
    assert new_to(world.stan, into) == [3, 4, 5, 6]
    assert new_to(world.ada, into) == [1, 2, 3, 4, 5, 6]  # rather twice than never
    undo_event(Event.objects.get(kind="thread.merged"), by=world.mei)
    assert (new_to(world.rita, into), new_to(world.rita, ferry)) == ([], [3, 4])
    assert (new_to(world.ada, into), new_to(world.ada, ferry)) == ([1, 2], [])


def test_a_thread_that_leaves_a_board_stays_read(world: World, ferry: Thread) -> None:
    mark_board_read(world.letters, by=world.rita)
    _write(world, ferry, 1, by=world.dan)
    move_thread(ferry, by=world.mei, board=world.general)
    assert new_to(world.rita, ferry) == [5]
    assert new_to(world.stan, ferry) == [1, 2, 3, 4, 5]
