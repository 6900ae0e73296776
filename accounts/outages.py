"""Whether the database is away, as far as this process has noticed: so that nobody waits for it twice."""

import time
from typing import Any, Final

from django.db import InterfaceError, OperationalError, connection
from psycopg_pool import PoolTimeout

REST: Final = 1.0  # seconds in which nobody asks, after the database was waited for in vain
# Why PostgreSQL did not answer (classes of SQLSTATE): the connection failed, resources are short, it is being stopped.
_CLASSES: Final = ("08", "53", "57P")
# And SQLite (the lower byte of its result codes): busy, locked, the disk fails or is full, the file cannot be opened.
_CODES: Final = {5, 6, 10, 13, 14}


class Outage:
    """What is known of the database's being away."""

    def __init__(self) -> None:
        self._until = 0.0

    @property
    def is_on(self) -> bool:
        """Whether a connection was waited for in vain a moment ago."""
        return time.monotonic() < self._until

    def notice(self, error: BaseException | None) -> bool:
        """Return whether the error says that the database is away; where it was waited for, nobody asks for a while."""
        if not isinstance(error, (OperationalError, InterfaceError)):
            return False
        cause: Any = error.__cause__
        if isinstance(cause, PoolTimeout):
            self._until = time.monotonic() + REST
            return True
        if connection.vendor == "sqlite":
            return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _CODES
        state = getattr(cause, "sqlstate", None)
        return state is None or state.startswith(_CLASSES)

    def forget(self) -> None:
        """Ask again from now on."""
        self._until = 0.0


def require_alive(known: Any) -> None:
    """Raise psycopg's OperationalError for a connection that the server has closed: of the pool, before it is used.

    It looks at what has arrived and asks nothing, which takes a hundredth of the time.
    """
    for _said in range(2):  # a farewell, perhaps, and then the end
        known.pgconn.consume_input()


outage = Outage()
