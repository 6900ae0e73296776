"""`manage.py settle`, and the clock that does it every minute."""

from datetime import timedelta
from io import StringIO
from threading import Event
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command, get_commands
from django.utils import timezone

from forum.actions.polls import set_poll
from forum.management import clock
from forum.models import Poll
from tests.world import World


def test_settling_counts_what_is_due_and_says_how_much(world: World) -> None:
    set_poll(
        world.thread,
        by=world.cai,
        question="When?",
        options=["Now", "Later"],
        closes_at=timezone.now() + timedelta(hours=1),
    )
    Poll.objects.update(closes_at=timezone.now())
    first, second = StringIO(), StringIO()
    call_command("settle", stdout=first)
    call_command("settle", stdout=second)
    assert "Settled: 1" in first.getvalue()
    assert "Settled: 0" in second.getvalue()
    assert Poll.objects.get().closed_at


def test_the_clock_settles_again_and_again_and_outlives_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, twice = [], Event()

    def settle(name: str, **options: Any) -> None:
        calls.append(name)
        if len(calls) == 1:
            raise RuntimeError("The database sleeps.")
        twice.set()

    monkeypatch.setattr(clock, "call_command", settle)
    monkeypatch.setattr(clock, "cache", caches["local"])
    stop = clock.start_clock({"settle": 0.001}, after=0)
    assert twice.wait(timeout=20)
    stop.set()
    assert set(calls) == {"settle"}


def test_what_the_clock_runs_are_commands_of_ours() -> None:
    assert {name for name in clock.ROUNDS if get_commands().get(name) == "forum"} == {"settle", "send_mail"}
