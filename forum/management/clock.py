"""The clock of a served site: every minute one of its processes settles what is due."""

import logging
from threading import Event, Thread

from django.core.cache import cache
from django.core.management import call_command
from django.db import connections

log = logging.getLogger(__name__)

MINUTE = 60.0
PAUSE = 5.0  # seconds left to the first visitors after the start


def start_clock(every: float = MINUTE, *, after: float = PAUSE) -> Event:
    """Settle again and again, in a thread of its own; return what stops it when it is set.

    Every process of the web server has this clock, and whichever is first in a minute does the work. It must not be
    started in a process that makes others of itself: they would inherit locks that nobody opens.
    """
    stop = Event()
    Thread(target=_run, args=(stop, every, after), daemon=True, name="clock").start()
    return stop


def _run(stop: Event, every: float, after: float) -> None:
    pause = after
    while not stop.wait(pause):
        pause = every
        try:
            if cache.add("clock", 1, every * 0.9):
                call_command("settle", verbosity=0)
        except Exception:
            log.exception("The clock could not settle")
        finally:
            connections.close_all()  # between two minutes the database has no reason to know of us
