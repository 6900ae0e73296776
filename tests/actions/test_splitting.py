"""Splitting posts off into a new thread, and bringing them back."""

import pytest
from django.core.exceptions import ValidationError

from forum.actions.erasing import erase_event_content
from forum.actions.merging import merge_threads
from forum.actions.moderation import hide_post
from forum.actions.polls import set_poll
from forum.actions.posts import add_reply
from forum.actions.recommendations import recommend_post
from forum.actions.splitting import split_thread
from forum.actions.threads import create_thread
from forum.actions.undoing import undo_event
from forum.models import Board, Event, FormerNumber, Post, Thread, Watch
from forum.permissions.verdicts import Forbidden
from tests.actions.test_merging import numbers
from tests.world import World


@pytest.fixture
def long(world: World) -> Thread:
    """The thread of the world with three replies more: Dan's third answers Coco's second."""
    for by, body, to in ((world.dan, "Third.", 2), (world.cai, "Fourth.", None), (world.coco, "Fifth.", 3)):
        add_reply(world.thread, by=by, body=body, to=to)
    return Thread.objects.get(pk=world.thread.pk)


def split(world: World, *chosen: int) -> Thread:
    """Have the mayor split the posts off onto the board of letters."""
    return split_thread(world.thread, by=world.mei, numbers=chosen, board=world.letters, title="Crossing", reason="Off")


def test_chosen_posts_open_a_new_thread_and_leave_their_numbers(world: World, long: Thread) -> None:
    third = long.posts.get(number=3)
    recommend_post(third, by=world.mei)
    new = split(world, 5, 3)
    assert numbers(new) == [(1, "Third."), (2, "Fifth.")]
    assert [number for number, _word in numbers(long)] == [1, 2, 4]
    new.refresh_from_db()
    third.refresh_from_db()
    assert (new.author, new.created_at, new.excerpt, new.recommendations_count) == (
        world.dan,
        third.created_at,
        "Third.",
        1,
    )
    assert (new.last_author, new.posts_count, new.replies_count, new.board) == (world.coco, 2, 1, world.letters)
    long.refresh_from_db()
    assert (long.posts_count, long.replies_count, long.last_number, long.former_count) == (3, 2, 5, 2)
    assert list(FormerNumber.objects.filter(thread=long).values_list("number", "post__number")) == [(3, 1), (5, 2)]


def test_answers_stay_answers_over_the_gap(world: World, long: Thread) -> None:
    new = split(world, 3)
    assert new.posts.get(number=1).addressed == long.posts.get(number=2)
    assert long.posts.get(number=5).addressed == new.posts.get(number=1)


def test_the_next_reply_takes_no_number_that_was_given(world: World, long: Thread) -> None:
    split(world, 5)
    assert add_reply(long, by=world.dan, body="Sixth.").number == 6


def test_boards_count_what_stands_on_them(world: World, long: Thread) -> None:
    hide_post(long.posts.get(number=3), by=world.mei, reason="Rude")
    split(world, 3, 4)
    rows = Board.objects.filter(city=world.stoneferry).order_by("pk").values_list("threads_count", "posts_count")
    assert list(rows) == [(1, 3), (1, 1)]


def test_hidden_opener_gives_the_new_thread_no_first_words(world: World, long: Thread) -> None:
    hide_post(long.posts.get(number=3), by=world.mei, reason="Rude")
    assert Thread.objects.get(pk=split(world, 3, 4).pk).excerpt == ""


def test_who_wrote_the_posts_watches_the_new_thread(world: World, long: Thread) -> None:
    new = split(world, 3, 5)
    assert set(Watch.objects.filter(thread=new).values_list("user__username", flat=True)) == {"dan", "coco"}


@pytest.mark.parametrize(
    ("chosen", "field"), [((1, 2), "numbers"), ((), "numbers"), ((99,), "numbers"), ((2,), "board"), ((2,), "title")]
)
def test_what_cannot_be_split_is_said_at_its_field(world: World, long: Thread, chosen: tuple[int], field: str) -> None:
    board = Board.objects.get(city=world.hilltop) if field == "board" else world.letters
    title = "" if field == "title" else "Crossing"
    with pytest.raises(ValidationError) as problem:
        split_thread(long, by=world.mei, numbers=chosen, board=board, title=title)
    assert field in problem.value.message_dict


def test_post_that_waits_for_approval_stays(world: World, long: Thread) -> None:
    Post.objects.filter(thread=long, number=4).update(is_held=True)
    with pytest.raises(ValidationError):
        split(world, 4)
    Post.objects.filter(thread=long, number=4).update(is_held=False)


def test_only_officers_split(world: World, long: Thread) -> None:
    with pytest.raises(Forbidden):
        split_thread(long, by=world.cai, numbers=[2], board=world.letters, title="Mine")


def test_undoing_brings_the_posts_back_to_their_numbers_and_new_replies_along(world: World, long: Thread) -> None:
    new = split(world, 3, 5)
    add_reply(new, by=world.dan, body="Later.")
    add_reply(long, by=world.cai, body="Sixth.")
    undo_event(Event.objects.get(kind="thread.split"), by=world.mei)
    assert [number for number, _word in numbers(long)] == [1, 2, 3, 4, 5, 6, 7]
    assert numbers(long)[-1] == (7, "Later.")
    new.refresh_from_db()
    assert (new.is_hidden, new.merged_into, new.posts_count, new.former_count) == (True, long, 0, 3)
    assert not FormerNumber.objects.filter(thread=long).exists()
    assert Watch.objects.filter(thread=long, user=world.dan).exists()


def test_undoing_a_split_of_a_thread_merged_since_is_refused(world: World, long: Thread) -> None:
    new = split(world, 3)
    other = create_thread(world.letters, by=world.coco, title="Letters", body="To all.")
    merge_threads(new, by=world.mei, into=other)
    with pytest.raises(ValidationError):
        undo_event(Event.objects.get(kind="thread.split"), by=world.mei)


def test_split_and_merged_back_by_hand_a_post_has_both_numbers(world: World, long: Thread) -> None:
    merge_threads(split(world, 3), by=world.mei, into=long)
    assert [number for number, _word in numbers(long)] == [1, 2, 4, 5, 6]
    assert FormerNumber.objects.get(thread=long).post.number == 6


def test_undoing_a_split_keeps_the_poll_of_the_new_thread(world: World, long: Thread) -> None:
    new = split_thread(long, by=world.mei, numbers=[2], board=world.letters, title="Apart")
    set_poll(new, by=new.author, question="Which?", options=["This", "That"])
    with pytest.raises(ValidationError, match="poll"):
        undo_event(Event.objects.get(kind="thread.split"), by=world.mei)


def test_a_split_whose_content_was_erased_is_not_undone(world: World, long: Thread) -> None:
    split_thread(long, by=world.mei, numbers=[2], board=world.letters, title="Apart")
    event = Event.objects.get(kind="thread.split")
    erase_event_content(event, by=world.ada, reason="A name")
    with pytest.raises(Forbidden, match="cannot be taken back"):
        undo_event(event, by=world.mei)
