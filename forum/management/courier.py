"""The courier of a served site: tells whoever hears of what happened, outside of the requests."""

import logging
from collections.abc import Iterator
from threading import Event, Thread
from time import monotonic

from django.db import close_old_connections, connections

from forum.notifying.delivering import courier_is_here, many_wait, something_waits, tell_handed, tell_waiting

log = logging.getLogger(__name__)

BREATH = 0.02  # seconds before and after each transaction at least: the answer goes out first, and others may write
SHARE = 3  # times as long as a transaction took: who is asked for a page meanwhile has most of the process


def start_courier() -> Event:
    """Tell whoever waits, in a thread of its own, each time somebody begins to; return what stops it when it is set.

    It hears of what waits in its own process. What another one left behind when it died, `manage.py settle` tells,
    which a served site does every minute. Not to be started in a process that makes others of itself.
    """
    stop = Event()
    Thread(target=_run, args=(stop,), daemon=True, name="courier").start()
    courier_is_here.set()
    return stop


def stop_courier(stop: Event) -> None:
    """Let requests tell by themselves again, and the courier go."""
    courier_is_here.clear()
    stop.set()
    something_waits.set()


def _run(stop: Event) -> None:
    while not stop.is_set():
        something_waits.wait()
        if stop.wait(BREATH):
            break
        something_waits.clear()
        try:
            begun = monotonic()
            for _told in _tell():
                if stop.wait(max(BREATH, SHARE * (monotonic() - begun))):
                    break
                begun = monotonic()
        except Exception:
            log.exception("The courier could not tell what waits")
        finally:
            close_old_connections()
    connections.close_all()


def _tell() -> Iterator[int]:
    yield from tell_handed()
    if many_wait.is_set():
        many_wait.clear()
        for told in tell_waiting():
            yield told
            yield from tell_handed()  # the few do not wait for the many
