"""The database backend: Django's own, which asks for the lock at once and again each half millisecond.

SQLite's own waiting sleeps longer and longer between two looks (1, 2, 5 … 100 ms): the lock is free in between, and
whoever has waited longest waits on while others come and go.
"""

import sqlite3
from time import monotonic, sleep
from typing import Final

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

LOOK: Final = 0.0005  # seconds; a reply holds the lock for some four milliseconds


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to SQLite. `patience` is how many seconds it waits for its turn, where not as the settings say."""

    patience: float | None = None

    def _start_transaction_under_autocommit(self) -> None:
        usual: float = self.settings_dict["OPTIONS"].get("timeout", 5)
        end = monotonic() + (usual if self.patience is None else self.patience)
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    super()._start_transaction_under_autocommit()  # type: ignore[misc]
                except OperationalError as problem:
                    if not is_busy(problem) or monotonic() > end:
                        raise
                    sleep(LOOK)
                else:
                    return
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {usual * 1000:.0f}")


def is_busy(problem: OperationalError) -> bool:
    """Return whether it was that somebody else is writing."""
    return getattr(problem.__cause__, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY
