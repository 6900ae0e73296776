"""The counter of a served site: writes down, every few seconds, which threads were read in its process."""

import logging
from multiprocessing.util import Finalize
from threading import Event, Thread

from django.db import connections

from forum.actions.threads import write_views

log = logging.getLogger(__name__)

EVERY = 10.0  # seconds


def start_counting(every: float = EVERY) -> Event:
    """Write the readings in a thread of its own, and those left when the process ends; return what stops it when set.

    Not to be started in a process that makes others of itself.
    """
    stop = Event()
    Thread(target=_run, args=(stop, every), daemon=True, name="counting").start()
    Finalize(None, write_once, exitpriority=1)  # processes that were forked end without what atexit would do
    return stop


def _run(stop: Event, every: float) -> None:
    while not stop.wait(every):
        write_once()


def write_once() -> None:
    """Write what is noted; where that fails, it is noted still."""
    try:
        write_views()
    except Exception:
        log.exception("The readings of threads could not be written")
    finally:
        connections.close_all()
