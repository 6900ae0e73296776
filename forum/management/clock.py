"""The clock of a served site: again and again one of its processes does what comes due."""

import logging
from collections.abc import Mapping
from functools import partial
from threading import Event, Thread
from types import MappingProxyType

from django.core.cache import cache
from django.core.management import call_command
from django.db import connections

log = logging.getLogger(__name__)

# command → every how many seconds it runs. Each has a thread of its own, so that a slow mail server holds up nothing.
ROUNDS: Mapping[str, float] = MappingProxyType({"settle": 60.0, "send_mail": 20.0})
PAUSE = 5.0  # seconds left to the first visitors after the start


def start_clock(rounds: Mapping[str, float] = ROUNDS, *, after: float = PAUSE) -> Event:
    """Run the commands again and again, each in a thread of its own; return what stops them when it is set.

    Every process of the web server has this clock, and whichever is first in a round does the work. It must not be
    started in a process that makes others of itself: they would inherit locks that nobody opens.
    """
    stop = Event()
    for command, every in rounds.items():
        run = partial(_run, command, stop, every, after)
        Thread(target=run, daemon=True, name=f"clock: {command}").start()
    return stop


def _run(command: str, stop: Event, every: float, after: float) -> None:
    pause = after
    while not stop.wait(pause):
        pause = every
        try:
            if cache.add(f"clock:{command}", 1, every * 0.9):
                call_command(command, verbosity=0)
        except Exception:
            log.exception("The clock could not do its round: %s", command)
        finally:
            connections.close_all()  # between two rounds the database has no reason to know of us
