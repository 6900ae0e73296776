"""The clock of a served site: every minute one process, the one that keeps the web server, settles what is due."""

import logging
from threading import Event, Thread

import django
from django.core.management import call_command
from django.db import connections

log = logging.getLogger(__name__)

MINUTE = 60.0


def start_clock(every: float = MINUTE) -> Event:
    """Settle now and then every so many seconds, in a thread of its own; return what stops it when it is set."""
    stop = Event()
    Thread(target=_run, args=(stop, every), daemon=True, name="clock").start()
    return stop


def _run(stop: Event, every: float) -> None:
    django.setup()
    while True:
        try:
            call_command("settle", verbosity=0)
        except Exception:
            log.exception("The clock could not settle")
        finally:
            connections.close_all()  # between two minutes the database has no reason to know of us
        if stop.wait(every):
            return
