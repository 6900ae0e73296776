"""The courier of a served site: tells the many who wait for news, as soon as there are any."""

import logging
from threading import Event, Thread
from time import monotonic

from django.db import connections

from forum.notifying.delivering import something_waits, tell_waiting

log = logging.getLogger(__name__)

BREATH = 0.02  # seconds between two windows at least, in which others may write
SHARE = 2  # times as long as a window took: who is asked for a page meanwhile has most of the process


def start_courier() -> Event:
    """Tell whoever waits, in a thread of its own, each time somebody begins to; return what stops it when it is set.

    It hears of what waits in its own process. What another one left behind when it died, `manage.py settle` tells,
    which a served site does every minute. Not to be started in a process that makes others of itself.
    """
    stop = Event()
    Thread(target=_run, args=(stop,), daemon=True, name="courier").start()
    return stop


def _run(stop: Event) -> None:
    while not stop.is_set():
        something_waits.wait()
        something_waits.clear()
        try:
            begun = monotonic()
            for _told in tell_waiting():
                if stop.wait(max(BREATH, SHARE * (monotonic() - begun))):
                    break
                begun = monotonic()
        except Exception:
            log.exception("The courier could not tell what waits")
        finally:
            connections.close_all()
