"""The printer of a served site: has books made in a process of their own, as soon as one is asked for."""

import logging
import subprocess
import sys
from threading import Event, Thread

from django.conf import settings
from django.db import connections

from forum.publishing.queue import something_waits, waiting_books

log = logging.getLogger(__name__)

PAUSE = 20.0  # seconds, after which it looks for what another process was asked for or left behind


def start_printer(*, pause: float = PAUSE) -> Event:
    """Have books made whenever there are any, in a thread that waits for them; return what stops it when it is set.

    A book is made by `manage.py make_books`: whatever a text does to it, the site goes on answering. Not to be started
    in a process that makes others of itself.
    """
    stop = Event()
    Thread(target=_run, args=(stop, pause), daemon=True, name="printer").start()
    return stop


def _run(stop: Event, pause: float) -> None:
    while not stop.is_set():
        something_waits.wait(pause)
        something_waits.clear()
        try:
            if waiting_books() and not stop.is_set():
                connections.close_all()
                subprocess.run(command(), check=True)
        except Exception:
            log.exception("The printer could not make what waits")
            stop.wait(pause)
        finally:
            connections.close_all()


def command() -> list[str]:
    """Return the command that makes all books that wait."""
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "make_books", "--verbosity=0", "--leash"]
