"""Taking acts of the log back within 30 days, once; and keeping their content out of the public log."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from forum.actions import moderation, pinning
from forum.actions.boards import order_boards
from forum.actions.sanctions import impose_sanction
from forum.actions.undoing import UNDOING, mark_private, undo_event
from forum.models import Board, Event, Grant, Post, Thread
from forum.permissions.undoing import ABILITIES
from forum.permissions.verdicts import Forbidden
from tests.world import World

ACTS: dict[str, Callable[[World], object]] = {
    "thread.pinned": lambda world: pinning.pin_thread(world.thread, by=world.mei),
    "thread.locked": lambda world: moderation.lock_thread(world.thread, by=world.mei),
    "thread.featured": lambda world: moderation.feature_thread(world.thread, by=world.mei),
    "thread.hidden": lambda world: moderation.hide_thread(world.thread, by=world.mei, reason="Spam"),
    "post.hidden": lambda world: moderation.hide_post(world.reply, by=world.mei, reason="Rude"),
    "thread.moved": lambda world: moderation.move_thread(world.thread, by=world.mei, board=world.letters),
}


def last(kind: str) -> Event:
    """Return the last event of the kind."""
    return Event.objects.filter(kind=kind).latest("pk")


def state(world: World) -> list[object]:
    """Return what the acts change."""
    fields = ("is_pinned", "pinned_until", "is_locked", "is_featured", "is_hidden", "board")
    thread = Thread.objects.values_list(*fields).get(pk=world.thread.pk)
    return [*thread, Post.objects.get(pk=world.reply.pk).is_hidden]


@pytest.mark.parametrize("kind", ACTS)
def test_undoing_restores_what_was_and_both_acts_stay_in_the_log(world: World, kind: str) -> None:
    before = state(world)
    ACTS[kind](world)
    assert state(world) != before
    done = undo_event(last(kind), by=world.dan, reason="A mistake")
    assert state(world) == before
    assert (done.undoes, done.actor, done.reason, done.in_log) == (
        last(kind) if kind != done.kind else Event.objects.filter(kind=kind).earliest("pk"),
        world.dan,
        "A mistake",
        True,
    )


def test_what_was_taken_back_can_be_done_again_by_undoing_that(world: World) -> None:
    moderation.lock_thread(world.thread, by=world.mei)
    done = undo_event(last("thread.locked"), by=world.dan)
    undo_event(done, by=world.mei)
    assert Thread.objects.get(pk=world.thread.pk).is_locked


def test_act_is_taken_back_once(world: World) -> None:
    moderation.lock_thread(world.thread, by=world.mei)
    act = last("thread.locked")
    undo_event(act, by=world.dan)
    with pytest.raises(Forbidden):
        undo_event(act, by=world.dan)


def test_act_is_taken_back_within_thirty_days_unless_an_appeal_says_so(world: World) -> None:
    moderation.lock_thread(world.thread, by=world.mei, at=timezone.now() - timedelta(days=31))
    with pytest.raises(Forbidden):
        undo_event(last("thread.locked"), by=world.dan)
    assert undo_event(last("thread.locked"), by=world.dan, is_late=True).kind == "thread.unlocked"


def test_when_the_world_has_moved_on_it_is_said(world: World) -> None:
    moderation.lock_thread(world.thread, by=world.mei)
    first = last("thread.locked")
    moderation.unlock_thread(world.thread, by=world.mei)
    moderation.lock_thread(world.thread, by=world.dan)
    with pytest.raises(ValidationError):
        undo_event(first, by=world.mei)
    assert Thread.objects.get(pk=world.thread.pk).is_locked


def test_what_stands_so_already_cannot_be_taken_back(world: World) -> None:
    moderation.lock_thread(world.thread, by=world.mei)
    Thread.objects.update(is_locked=False)
    with pytest.raises(ValidationError):
        undo_event(last("thread.locked"), by=world.mei)


def test_deputy_undoes_what_they_may_do(world: World) -> None:
    Grant.objects.filter(membership__user=world.dan, ability="lock").delete()
    moderation.lock_thread(world.thread, by=world.mei)
    moderation.hide_thread(world.thread, by=world.mei, reason="Spam")
    with pytest.raises(Forbidden):
        undo_event(last("thread.locked"), by=world.dan)
    assert undo_event(last("thread.hidden"), by=world.dan)


@pytest.mark.parametrize("who", ["rita", "coco", "cai", "stan"])
def test_nobody_else_undoes(world: World, who: str) -> None:
    moderation.lock_thread(world.thread, by=world.mei)
    with pytest.raises(Forbidden):
        undo_event(last("thread.locked"), by=getattr(world, who))


def test_pin_that_replaced_another_gives_way_to_it_again(world: World) -> None:
    until = timezone.now() + timedelta(days=3)
    pinning.pin_thread(world.thread, by=world.mei, until=until)
    pinning.pin_thread(world.thread, by=world.mei)
    undo_event(last("thread.pinned"), by=world.mei)
    assert Thread.objects.get(pk=world.thread.pk).pinned_until == until


def test_order_of_boards_comes_back(world: World) -> None:
    before = list(Board.objects.filter(city=world.stoneferry).order_by("position"))
    order_boards(world.stoneferry, by=world.mei, order=[world.letters.pk, world.general.pk])
    undo_event(last("board.ordered"), by=world.mei)
    assert list(Board.objects.filter(city=world.stoneferry).order_by("position")) == before


def test_sanction_is_taken_back_by_lifting_it(world: World) -> None:
    mute = impose_sanction(world.stoneferry, by=world.dan, person=world.coco, kind="mute", reason="abuse", words="Rude")
    done = undo_event(last("sanction.muted"), by=world.mei, reason="Too hard")
    mute.refresh_from_db()
    assert (done.kind, mute.lifted_by) == ("sanction.lifted", world.mei)
    with pytest.raises(Forbidden):
        undo_event(last("sanction.muted"), by=world.mei, reason="Again")


def test_what_says_who_may_undo_and_how_to_names_the_same_acts() -> None:
    assert UNDOING.keys() == ABILITIES.keys()


def test_marking_private_is_an_act_itself_and_can_be_taken_back(world: World) -> None:
    moderation.hide_post(world.reply, by=world.mei, reason="12 Main Street", is_private=True)
    act = last("post.hidden")
    assert act.is_private
    for _twice in range(2):
        mark_private(act, by=world.dan, private=False)
    act.refresh_from_db()
    assert not act.is_private
    undo_event(Event.objects.get(kind="log.marked_public"), by=world.mei)
    act.refresh_from_db()
    assert act.is_private
    with pytest.raises(Forbidden):
        mark_private(act, by=world.cai, private=False)
