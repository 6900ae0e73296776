"""Listeners are told when it is sure that something happened, and cannot spoil it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import pytest
from django.db import connection, transaction

from forum import events
from forum.actions.posts import add_reply
from forum.actions.recommendations import recommend_post
from forum.events import listeners
from forum.models import Event, Notification, Post
from tests.world import World

type Committing = Callable[..., AbstractContextManager[list[Callable[[], object]]]]


def test_people_hear_when_the_transaction_commits(world: World, django_capture_on_commit_callbacks: Committing) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        add_reply(world.thread, by=world.dan, body="Me too.")
        assert not Notification.objects.exists()
    assert set(Notification.objects.values_list("user__username", flat=True)) == {"cai", "coco"}


@pytest.mark.django_db(transaction=True)
def test_nobody_hears_of_what_was_undone(transactional_db: None, world: World) -> None:
    Notification.objects.all().delete()
    with transaction.atomic():
        add_reply(world.thread, by=world.dan, body="Me too.")
        transaction.set_rollback(True)
    assert not Notification.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_is_logged_and_spoils_nothing(
    transactional_db: None, world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[str] = []

    def failing(told: Sequence[Event]) -> None:
        raise RuntimeError("no paper left")

    def hearing(told: Sequence[Event]) -> None:
        heard.extend(event.kind for event in told)

    monkeypatch.setitem(listeners.LISTENERS, "post.created", (failing, hearing))
    post = add_reply(world.thread, by=world.dan, body="Me too.")
    assert Post.objects.filter(pk=post.pk).exists()
    assert heard == ["post.created"]
    assert "no paper left" in caplog.text


def test_what_nobody_did_here_is_no_news(world: World, django_capture_on_commit_callbacks: Committing) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        events.record("post.hidden", by=None, post=world.reply, reason="Hidden in the archive.")
    assert callbacks == []


def test_thousands_of_events_can_be_told_at_once(
    world: World, django_capture_on_commit_callbacks: Committing, django_assert_num_queries: object
) -> None:
    with django_capture_on_commit_callbacks() as callbacks, events.told_together():
        for _number in range(20):
            add_reply(world.thread, by=world.dan, body="Me too.", to=2)
        recommend_post(world.opener, by=world.dan)
    assert len(callbacks) == 1
    # On SQLite two are a transaction's, and one is PostgreSQL's with another.
    with django_assert_num_queries(5 if connection.vendor == "postgresql" else 8):  # type: ignore[operator]
        callbacks[0]()
    assert Notification.objects.filter(user=world.cai).count() == 21


def test_what_happens_afterwards_is_told_by_itself_again(
    world: World, django_capture_on_commit_callbacks: Committing
) -> None:
    with events.told_together():
        pass
    with django_capture_on_commit_callbacks() as callbacks:
        recommend_post(world.opener, by=world.dan)
    assert len(callbacks) == 1
