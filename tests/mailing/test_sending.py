"""Sending when things go wrong: refusals, a server that is away, a sender that dies; and a thousand letters."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from forum.actions.posts import add_reply
from forum.mailing.addresses import FAILURES
from forum.mailing.sending import LEASE, PAUSES, forget_letters, send_due
from forum.mailing.sorting import sort_news
from forum.models import Event, Letter, Notification, Suppression
from tests.mailing.conftest import Post, confirm
from tests.mailing.server import ACCEPTED, Got, Server, running
from tests.notifying.news import tell_all
from tests.world import World, build_world, make_person

LATER = timedelta(days=2)


def _letter(world: World) -> Letter:
    """Return a letter to Cai that is due."""
    add_reply(world.thread, by=world.dan, body="Me too.", to=1)
    tell_all()
    sort_news()
    Letter.objects.filter(state=Letter.State.OPEN).update(due_at=timezone.now())
    return Letter.objects.get(user=world.cai, family="replies")


@pytest.mark.parametrize("place", ["to_recipient", "to_message"])
def test_what_a_server_puts_off_is_tried_again_ever_more_seldom(reached: World, server: Server, place: str) -> None:
    letter, now = _letter(reached), timezone.now()
    setattr(server, place, lambda what: "451 4.7.1 Come back later")
    for pause in PAUSES:
        send_due(now)
        letter.refresh_from_db()
        assert letter.state == Letter.State.SEALED
        assert letter.due_at == now + pause
        assert send_due(letter.due_at - timedelta(seconds=1)).later == 0
        now = letter.due_at
    assert send_due(now).failed == 1
    letter.refresh_from_db()
    assert letter.state == Letter.State.FAILED
    assert "Come back later" in letter.problem
    assert server.got == []


def test_what_was_put_off_arrives_once(reached: World, server: Server) -> None:
    _letter(reached)
    server.to_message = lambda got: "451 4.3.0 Not now"
    send_due()
    server.to_message = lambda got: ACCEPTED
    assert send_due(timezone.now() + PAUSES[0]).sent == 1
    assert send_due(timezone.now() + LATER).sent == 0
    assert len(server.got) == 1


def test_an_address_that_does_not_exist_gets_no_more_mail(reached: World, server: Server, post: Post) -> None:
    _letter(reached)
    server.to_recipient = lambda address: "550 5.1.1 No such person"
    assert send_due().failed == 1
    row = Suppression.objects.get()
    assert (row.user, row.address, row.reason) == (reached.cai, "cai@example.org", "bounced")
    assert "No such person" in row.detail
    server.to_recipient = lambda address: "250 OK"
    add_reply(reached.thread, by=reached.mei, body="Me too.", to=1)
    post()
    assert server.got == []


@pytest.mark.parametrize("answer", ["552 5.2.2 Mailbox full", "554 5.7.1 Looks like spam"])
def test_a_refusal_that_may_pass_stops_an_address_only_when_it_repeats(
    reached: World, server: Server, answer: str
) -> None:
    server.to_message = lambda got: answer
    for time in range(1, FAILURES + 1):
        _letter(reached)
        assert send_due().failed == 1
        Letter.objects.all().delete()
        assert (Suppression.objects.get().stopped_at is not None) == (time == FAILURES)


def test_a_server_that_is_away_is_no_fault_of_a_letter(reached: World, server: Server, settings: Settings) -> None:
    letter, there = _letter(reached), settings.MAILERS
    here = {**there["default"], "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 2}}
    settings.MAILERS = {"default": here}
    for _time in range(len(PAUSES) + 2):
        send_due(Letter.objects.get(pk=letter.pk).due_at)
    assert Letter.objects.get(pk=letter.pk).state == Letter.State.SEALED
    assert not Suppression.objects.exists()
    settings.MAILERS = there
    assert send_due(timezone.now() + timedelta(hours=1)).sent == 1


def test_one_letter_that_is_refused_holds_up_no_other(reached: World, server: Server) -> None:
    for name in ("ann", "ben", "cat"):
        person = make_person(name)
        confirm(person)
        _news(reached, [person.pk])
    server.to_recipient = lambda address: "550 5.1.1 No" if address.startswith("ben") else "250 OK"
    result = send_due(timezone.now() + timedelta(minutes=2))
    assert (result.sent, result.failed) == (2, 1)
    assert sorted(got.to[0] for got in server.got) == ["ann@example.org", "cat@example.org"]


def _news(world: World, people: list[int]) -> None:
    """Give people one piece of news each."""
    event = Event.objects.get(kind="post.created", post=world.reply)
    Notification.objects.bulk_create(
        [Notification(user_id=pk, kind="addressed", event=event, thread=world.thread) for pk in people]
    )
    sort_news()


def test_who_holds_a_letter_no_more_does_not_send_it(reached: World, server: Server) -> None:
    letter = _letter(reached)
    held = timezone.now() + LEASE
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SEALED, claimed_until=held)
    assert send_due().sent == 0
    assert send_due(held + timedelta(seconds=1)).sent == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("accepted", [False, True], ids=["before it was accepted", "after it was accepted"])
def test_a_sender_that_is_killed_loses_nothing_and_doubles_only_what_was_under_way(
    accepted: bool, settings: Settings
) -> None:
    world, people = build_world(), [make_person(f"reader{number}") for number in range(5)]
    for person in people:
        confirm(person)
    _news(world, [person.pk for person in people])
    Letter.objects.update(due_at=timezone.now())
    sender: list[subprocess.Popen[bytes]] = []

    def kill_at_the_third(got: Got) -> str:
        if sender and len(server.got) == 2:
            sender[0].kill()
            sender.clear()
            if not accepted:
                return "451 Too late"
        return ACCEPTED

    server = Server(to_message=kill_at_the_third)
    with running(server) as port:
        process = _sender(port)
        sender.append(process)
        assert process.wait(timeout=60) == -signal.SIGKILL
        options = {"host": "127.0.0.1", "port": port}
        settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
        send_due()  # the others are still held
        send_due(timezone.now() + LEASE * 2)
    came = Counter(got.to[0] for got in server.got)
    assert set(came) == {f"reader{number}@example.org" for number in range(5)}
    assert sorted(came.values()) == ([1, 1, 1, 1, 2] if accepted else [1] * 5)
    assert len({got.message["Message-ID"] for got in server.got}) == 5
    assert set(Letter.objects.values_list("state", flat=True)) == {Letter.State.SENT}


def _sender(port: int) -> "subprocess.Popen[bytes]":
    """Start a process that sends what is due in the database of this test."""
    at = connection.settings_dict
    url = f"sqlite:///{at['NAME']}"
    if connection.vendor != "sqlite":
        url = f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "forum.settings",
        "DATABASE_URL": url,
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    return subprocess.Popen([sys.executable, "manage.py", "send_mail"], cwd=Path(site.BASE_DIR), env=environment)


def test_a_thousand_letters_go_out_in_batches_each_once(reached: World, server: Server) -> None:
    people = [make_person(f"reader{number}") for number in range(1000)]
    for person in people:
        confirm(person)
    _news(reached, [person.pk for person in people])
    assert send_due(timezone.now() + timedelta(minutes=2)).sent == 1000
    assert len({got.to[0] for got in server.got}) == len(server.got) == 1000
    assert send_due(timezone.now() + timedelta(minutes=2)).sent == 0


def test_letters_that_went_long_ago_are_forgotten(reached: World, server: Server) -> None:
    _letter(reached)
    send_due()
    assert forget_letters(timezone.now() + timedelta(days=29)) == 0
    assert forget_letters(timezone.now() + timedelta(days=31)) == 1
    assert Notification.objects.filter(user=reached.cai, kind="addressed").exists()
