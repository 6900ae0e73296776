"""Sessions are read with the person they belong to: whatever ends one, ends it at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client, override_settings
from django.utils import timezone

from accounts import sessions
from accounts.models import User
from accounts.sessions import SessionStore
from tests.clients import browser
from tests.world import World


def _is_known(client: Client) -> bool:
    return 'data-reader="' in client.get("/rights/").content.decode()


def _known(user: User) -> Client:
    """Return the browser of somebody who has been here before, so that it is known whose the session is."""
    client = browser(user)
    assert _is_known(client) and _is_known(client)
    assert client.cookies["sessionid"].value in sessions._owners
    return client


@pytest.mark.parametrize(
    "end",
    [
        lambda user: Session.objects.all().delete(),
        lambda user: Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1)),
        lambda user: Session.objects.update(session_data="nothing that was signed"),
        lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
        lambda user: User.objects.filter(pk=user.pk).update(password="another"),
    ],
    ids=["thrown away", "run out", "meddled with", "person may not sign in", "another password"],
)
def test_what_ends_a_session_ends_it_at_once(world: World, end: Callable[[User], object]) -> None:
    client = _known(world.coco)
    end(world.coco)
    assert not _is_known(client)


def test_what_another_key_has_signed_counts_as_long_as_that_key_does(world: World) -> None:
    client = _known(world.coco)
    with override_settings(SECRET_KEY="x" * 50):
        assert not _is_known(client)
    client = _known(world.dan)
    with override_settings(SECRET_KEY="x" * 50, SECRET_KEY_FALLBACKS=["y" * 50]):
        assert not _is_known(client)


def test_an_older_key_is_replaced_by_the_newer_one(world: World) -> None:
    client, old = _known(world.coco), settings.SECRET_KEY
    with override_settings(SECRET_KEY="x" * 50, SECRET_KEY_FALLBACKS=[old]):
        assert _is_known(client)
    with override_settings(SECRET_KEY="x" * 50):
        assert _is_known(client)


def test_a_session_that_becomes_anothers_is_theirs(world: World) -> None:
    client = _known(world.coco)
    store = SessionStore(client.cookies["sessionid"].value)
    theirs = SessionStore(browser(world.dan).cookies["sessionid"].value)
    store.update(dict(theirs.items()))
    store.save()
    assert f'data-reader="{world.dan.pk}"' in client.get("/rights/").content.decode()


def test_what_is_changed_in_a_session_that_was_read_stays_with_that_reading(world: World) -> None:
    key = _known(world.coco).cookies["sessionid"].value
    SessionStore(key)["words"] = ["more"]
    store = SessionStore(key)
    assert "words" not in store and store[SESSION_KEY] == str(world.coco.pk)


def test_only_so_many_are_remembered(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "REMEMBERED", 2)
    sessions._owners.clear()
    for person in (world.coco, world.dan, world.cai):
        _known(person)
    assert len(sessions._owners) == 2


@pytest.mark.parametrize("key", [r'"\000aaaaaaaaaaaa"', "x" * 9_000, r'"\377\376\355\240\200aaaaaaa"'])
def test_a_key_that_no_session_can_have_is_that_of_a_visitor(world: World, key: str) -> None:
    assert not _is_known(Client(headers={"cookie": f"sessionid={key}"}))
