"""The tidying of a served site: what the C library holds free of a process goes back to the system now and then.

Pages, pictures and searches take memory for a moment. The library keeps it for next time wherever something small still
lies beside it: some 15 MB a process, in every process.
"""

import ctypes
from threading import Event, Thread

EVERY = 20.0  # seconds


def start_tidying(every: float = EVERY) -> Event:
    """Give back what is free in a thread of its own; return what stops it when set. Does nothing but with glibc.

    Not to be started in a process that makes others of itself.
    """
    stop, library = Event(), ctypes.CDLL(None)

    def run() -> None:
        while not stop.wait(every):
            library.malloc_trim(0)

    if hasattr(library, "malloc_trim"):
        Thread(target=run, daemon=True, name="tidying").start()
    return stop
