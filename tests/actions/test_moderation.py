"""What officers do: marks, hiding, moving; each with its trace."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from forum.actions import moderation, pinning
from forum.models import Board, Event, Post, Thread
from forum.permissions.verdicts import Forbidden
from tests.world import World

MARKS = [
    (pinning.pin_thread, pinning.unpin_thread, "is_pinned"),
    (moderation.lock_thread, moderation.unlock_thread, "is_locked"),
    (moderation.feature_thread, moderation.unfeature_thread, "is_featured"),
    (moderation.hide_thread, moderation.restore_thread, "is_hidden"),
]


@pytest.mark.parametrize(("on", "off", "field"), MARKS)
def test_mark_is_set_and_taken_away_and_both_stand_in_the_log(
    world: World, on: Callable[..., Thread], off: Callable[..., Thread], field: str
) -> None:
    for _twice in range(2):
        on(world.thread, by=world.dan, reason="because")
    assert getattr(Thread.objects.get(pk=world.thread.pk), field)
    off(world.thread, by=world.mei, reason="enough")
    assert not getattr(Thread.objects.get(pk=world.thread.pk), field)
    acts = Event.objects.filter(thread=world.thread, in_log=True).order_by("pk")
    assert [(act.actor, act.reason) for act in acts] == [(world.dan, "because"), (world.mei, "enough")]


@pytest.mark.parametrize("who", ["rita", "coco", "cai", "stan"])
def test_nobody_but_officers_moderates(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        moderation.lock_thread(world.thread, by=getattr(world, who))


def test_hiding_a_post_needs_a_reason(world: World) -> None:
    with pytest.raises(ValidationError) as problem:
        moderation.hide_post(world.reply, by=world.mei, reason=" ")
    assert "reason" in problem.value.message_dict


def test_hidden_reply_no_longer_counts_and_comes_back_whole(world: World) -> None:
    moderation.hide_post(world.reply, by=world.mei, reason="rude")
    assert Thread.objects.get(pk=world.thread.pk).replies_count == 0
    moderation.restore_post(world.reply, by=world.mei)
    assert Thread.objects.get(pk=world.thread.pk).replies_count == 1
    assert Post.objects.get(pk=world.reply.pk).body == world.reply.body


def test_hiding_the_opener_takes_its_words_from_the_lists(world: World) -> None:
    moderation.hide_post(world.opener, by=world.mei, reason="an address was in it")
    assert Thread.objects.get(pk=world.thread.pk).excerpt == ""
    moderation.restore_post(world.opener, by=world.mei)
    assert "三塊板" in Thread.objects.get(pk=world.thread.pk).excerpt


def test_post_hidden_in_a_hidden_thread_is_counted_once(world: World) -> None:
    moderation.hide_post(world.reply, by=world.mei, reason="rude")
    moderation.hide_thread(world.thread, by=world.mei, reason="all of it")
    moderation.restore_post(world.reply, by=world.mei)
    moderation.restore_thread(world.thread, by=world.mei)
    assert Board.objects.get(pk=world.general.pk).posts_count == 2


def test_moved_thread_is_counted_on_its_new_board(world: World) -> None:
    moderation.move_thread(world.thread, by=world.dan, board=world.letters, reason="a letter")
    assert Board.objects.get(pk=world.letters.pk).threads_count == 1
    assert Board.objects.get(pk=world.general.pk).posts_count == 0
    act = Event.objects.get(kind="thread.moved")
    assert (act.data["old"], act.data["new"]) == ("General", "Letters")


def test_thread_cannot_move_to_a_board_of_another_city(world: World) -> None:
    stranger = Board.objects.get(city=world.hilltop)
    with pytest.raises(ValidationError):
        moderation.move_thread(world.thread, by=world.dan, board=stranger)
