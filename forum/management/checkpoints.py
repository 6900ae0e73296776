"""The checkpoints of a served site on SQLite: the log goes into the file, beside the requests.

SQLite leaves that to whoever writes when the log is long, and they wait for the disk two or three times.
"""

import logging
import random
from threading import Event, Thread
from typing import Final

from django.db import DatabaseError, connection, connections

log = logging.getLogger(__name__)

EVERY: Final = 2.0  # seconds, about: several processes do it in turn
LONG: Final = 12_000  # pages in the log from which on it has to begin anew
TRIES: Final = 5


def start_checkpoints(every: float = EVERY) -> Event:
    """Put back what was written, again and again, in a thread of its own; return what stops it when it is set.

    Does nothing where the database is no file of SQLite. Not to be started in a process that makes others of itself.
    """
    stop = Event()
    if connection.vendor == "sqlite":
        Thread(target=_run, args=(stop, every), daemon=True, name="checkpoints").start()
    return stop


def _run(stop: Event, every: float) -> None:
    while not stop.wait(every * random.uniform(0.5, 1.5)):
        try:
            put_back()
        except DatabaseError:
            log.exception("The log could not be put back")
    connections.close_all()


def put_back() -> None:
    """Put what was written into the file of the database; have a log that has grown long begin anew.

    The first waits for nobody and holds up nobody. While people write, it is always a little behind, and so the log
    would grow for ever: for what is left then, writers wait. Where somebody writes or reads just then it is left, too.
    """
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        _busy, pages, _done = cursor.fetchone()
        for _try in range(TRIES if pages > LONG else 0):
            cursor.execute("PRAGMA wal_checkpoint(RESTART)")
            if not cursor.fetchone()[0]:
                return
