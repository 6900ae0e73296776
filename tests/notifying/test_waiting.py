"""Many hearers: they are told in windows, outside the request, and nobody twice or not at all."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from forum import events
from forum.actions.posts import add_reply
from forum.actions.recommendations import recommend_post, withdraw_recommendation
from forum.actions.threads import create_thread
from forum.models import Block, City, Delivery, Event, Notification, Watch
from forum.notifying import deliver, delivering
from tests.notifying.news import forget, hearers
from tests.races import together
from tests.world import World

type Committing = Callable[..., AbstractContextManager[Any]]

MANY = 23


@pytest.fixture(autouse=True)
def _small_windows(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    forget()
    Watch.objects.all().delete()
    monkeypatch.setattr(delivering, "TOLD_AT_ONCE", 5)
    monkeypatch.setattr(delivering, "WINDOW", 4)
    delivering.something_waits.clear()
    yield
    delivering.something_waits.clear()


def _watched(world: World, count: int = MANY) -> list[User]:
    """Let so many people watch thread, board, city or author, some of them several."""
    people = User.objects.bulk_create(User(username=f"reader{number}") for number in range(count))
    Watch.objects.bulk_create(Watch(user=one, thread=world.thread) for one in people[::2])
    Watch.objects.bulk_create(Watch(user=one, board=world.general) for one in people[1::2])
    Watch.objects.bulk_create(Watch(user=one, city=world.stoneferry, level="threads") for one in people[::3])
    Watch.objects.bulk_create(Watch(user=one, person=world.dan) for one in people[::4])
    return people


def _event(world: World) -> Event:
    return Event.objects.get(post=add_reply(world.thread, by=world.dan, body="Me too.", to=2))


def _told() -> int:
    return Notification.objects.filter(user__username__startswith="reader").count()


def test_many_are_told_window_by_window_each_once_and_then_it_is_off_the_books(world: World) -> None:
    people, event = _watched(world), _event(world)
    deliver([event])
    assert (_told(), delivering.something_waits.is_set()) == (0, True)
    windows = list(delivering.tell_waiting())
    assert (len(windows) > 3, sum(windows)) == (True, MANY + 2)
    expected = {one.username: "person_wrote" if number % 4 == 0 else "watched" for number, one in enumerate(people)}
    assert hearers() == expected | {"coco": "addressed", "cai": "reply"}
    assert not Delivery.objects.exists()


def test_windows_tell_the_same_people_as_telling_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    people = _watched(world)
    Watch.objects.filter(user__in=people[5:9]).update(level="muted")
    Block.objects.bulk_create(Block(user=one, blocked=world.dan) for one in people[12:15])
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    world.stoneferry.memberships.bulk_create(
        world.stoneferry.memberships.model(city=world.stoneferry, user=one) for one in people[::2]
    )
    event = _event(world)
    deliver([event])
    list(delivering.tell_waiting())
    in_windows = hearers()
    Notification.objects.all().delete()
    monkeypatch.setattr(delivering, "TOLD_AT_ONCE", 1000)
    delivering.expect([event])
    deliver([event])
    assert in_windows == hearers()
    assert 0 < len(in_windows) < MANY


def test_few_are_told_at_once(world: World, django_capture_on_commit_callbacks: Committing) -> None:
    _watched(world, 2)
    with django_capture_on_commit_callbacks(execute=True):
        _event(world)
    assert _told() == 2
    assert not Delivery.objects.exists()
    assert not delivering.something_waits.is_set()


def test_what_a_process_that_died_did_not_tell_is_told_later(world: World) -> None:
    _watched(world, 2)
    event = _event(world)  # its transaction is over, and nothing that follows on it ran
    assert list(delivering.tell_waiting()) == []  # whoever did it has a minute to tell it
    Delivery.objects.filter(event=event).update(due_at=timezone.now() - timedelta(seconds=1))
    assert sum(delivering.tell_waiting()) == 4
    assert list(delivering.tell_waiting()) == []


def test_who_dies_between_two_windows_leaves_the_rest_to_others(world: World) -> None:
    _watched(world)
    event = _event(world)
    deliver([event])
    next(delivering.tell_waiting())
    assert 0 < _told() < MANY
    assert Delivery.objects.get().reached > 0
    list(delivering.tell_waiting())
    assert _told() == MANY


def test_what_was_taken_back_meanwhile_is_not_told(world: World) -> None:
    recommend_post(world.reply, by=world.dan)
    withdraw_recommendation(world.reply, by=world.dan)
    Delivery.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    list(delivering.tell_waiting())
    assert hearers() == {}
    assert not Delivery.objects.exists()


def test_one_that_fails_holds_up_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Event.objects.filter(pk=_event(world).pk).update(kind="unheard.of")
    _event_told = add_reply(world.thread, by=world.mei, body="Me too.")
    Delivery.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    list(delivering.tell_waiting())
    assert hearers() == {"cai": "reply", "dan": "watched"}
    assert "could not be told" in caplog.text
    assert Delivery.objects.get().due_at > timezone.now()


def test_events_that_are_told_together_are_on_the_books_together(world: World) -> None:
    before = Delivery.objects.count()
    with events.told_together():
        for _number in range(3):
            _reply = add_reply(world.thread, by=world.dan, body="Me too.")
        assert Delivery.objects.count() == before
    assert Delivery.objects.count() == before + 3


@pytest.mark.django_db(transaction=True)
def test_two_couriers_at_once_tell_everybody_once(transactional_db: None, world: World) -> None:
    _watched(world)
    deliver([_event(world)])
    together([lambda: list(delivering.tell_waiting())] * 3)
    list(delivering.tell_waiting())
    assert _told() == MANY
    assert not Delivery.objects.exists()


@pytest.fixture
def _with_courier() -> Iterator[None]:
    delivering.courier_is_here.set()
    yield
    delivering.courier_is_here.clear()
    delivering._handed.clear()
    delivering.many_wait.clear()


@pytest.mark.usefixtures("_with_courier")
def test_what_cannot_be_told_of_one_thread_holds_up_the_news_of_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failing = Event.objects.get(post=add_reply(world.thread, by=world.dan, body="Me too."))
    other = create_thread(world.general, by=world.cai, title="Ferries", body="When?")
    told = Event.objects.get(post=add_reply(other, by=world.dan, body="Now."))
    tell = delivering._tell
    monkeypatch.setattr(delivering, "_tell", lambda pks: tell(["?"] if failing.pk in pks else pks))
    deliver([failing, told])
    assert list(delivering.tell_handed()) == [1]
    assert hearers() == {"cai": "reply"}
    assert "could not be told" in caplog.text
    assert Delivery.objects.filter(event=failing).exists()


def test_what_was_taken_back_before_the_courier_came_is_not_told_with_the_many(world: World) -> None:
    people, many = _watched(world), _event(world)
    recommend_post(world.reply, by=people[0])
    given = Event.objects.get(kind="post.recommended")
    withdraw_recommendation(world.reply, by=people[0])
    delivering.retract([Event.objects.get(kind="post.unrecommended")])
    delivering._leave_waiting([many, given])  # as when both were handed over together
    list(delivering.tell_waiting())
    assert not Notification.objects.filter(event=given).exists()
    assert _told() == MANY
