"""The courier tells many people outside the request, as soon as they wait."""

import time
from collections.abc import Iterator
from threading import Event as Signal

import pytest
from django.core.management import call_command

from accounts.models import User
from forum.actions.posts import add_reply
from forum.management import courier
from forum.management.courier import start_courier, stop_courier
from forum.models import Delivery, Notification, Watch
from forum.notifying import delivering
from tests.world import World

PATIENCE = 20.0  # seconds


@pytest.fixture(autouse=True)
def _told_in_windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(delivering, "TOLD_AT_ONCE", 5)
    _forget_what_waits()
    yield
    _forget_what_waits()


def _forget_what_waits() -> None:
    delivering.something_waits.clear()
    delivering.many_wait.clear()
    delivering._handed.clear()


def _readers(world: World) -> None:
    people = User.objects.bulk_create(User(username=f"reader{number}") for number in range(12))
    Watch.objects.bulk_create(Watch(user=person, thread=world.thread) for person in people)


@pytest.mark.django_db(transaction=True)
def test_many_hear_of_a_reply_within_seconds_and_nobody_asks_for_it(transactional_db: None, world: World) -> None:
    _readers(world)
    stop = start_courier()
    try:
        add_reply(world.thread, by=world.dan, body="Me too.")
        _wait_until_all_is_told()
    finally:
        stop_courier(stop)
    assert Notification.objects.filter(kind="watched", user__username__startswith="reader").count() == 12


@pytest.mark.django_db(transaction=True)
def test_where_there_is_a_courier_no_request_tells_anybody_and_he_tells_of_several_at_once(
    transactional_db: None, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: list[int] = []
    write_news = delivering.write_news
    monkeypatch.setattr(courier, "BREATH", 0.5)
    monkeypatch.setattr(
        delivering, "write_news", lambda heard, *, told: (counts.append(len(told)), write_news(heard, told=told))
    )
    stop = start_courier()
    try:
        for number in range(3):
            add_reply(world.thread, by=world.dan, body=f"Me too {number}.")
        assert (counts, Notification.objects.filter(kind="reply").count()) == ([], 0)
        _wait_until_all_is_told()
    finally:
        stop_courier(stop)
    assert counts == [3]
    assert Notification.objects.filter(kind="reply", user=world.cai).count() == 3


def _wait_until_all_is_told() -> None:
    end = time.monotonic() + PATIENCE
    while Delivery.objects.exists() and time.monotonic() < end:
        Signal().wait(0.02)


def _many_wait() -> None:
    delivering.many_wait.set()
    delivering.something_waits.set()


@pytest.mark.django_db(transaction=True)
def test_a_courier_outlives_a_failure(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    calls, twice = [], Signal()

    def failing() -> Iterator[int]:
        calls.append(1)
        if len(calls) == 1:
            _many_wait()
            raise RuntimeError("The database sleeps.")
        twice.set()
        yield 0

    monkeypatch.setattr(courier, "tell_waiting", failing)
    stop = start_courier()
    _many_wait()
    assert twice.wait(PATIENCE)
    stop_courier(stop)


def test_the_few_do_not_wait_until_the_many_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier, "tell_waiting", lambda: iter([250, 250]))
    handed = iter([[], [1], [2]])
    monkeypatch.setattr(courier, "tell_handed", lambda: iter(next(handed)))
    delivering.many_wait.set()
    assert list(courier._tell()) == [250, 1, 250, 2]


def test_what_a_process_left_behind_is_told_by_settling(world: World) -> None:
    _readers(world)
    add_reply(world.thread, by=world.dan, body="Me too.")
    Delivery.objects.update(due_at=world.thread.created_at)
    call_command("settle", verbosity=0)
    assert Notification.objects.filter(user__username__startswith="reader").count() == 12
    assert not Delivery.objects.exists()
