"""Writing only where one's turn comes soon: what a later request may do as well."""

from collections.abc import Callable
from typing import Any, Final

from django.db import OperationalError, connections, transaction

from accounts.sqlite3.base import is_busy

SOON: Final = 0.2  # seconds


def if_soon(write: Callable[[], object]) -> bool:
    """Do it, and return whether it was done: on SQLite not where somebody else writes for long just then."""
    connection: Any = connections["default"]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        write()
        return True
    connection.patience = SOON
    try:
        with transaction.atomic():
            write()
    except OperationalError as problem:
        if not is_busy(problem):
            raise
        return False
    finally:
        connection.patience = None
    return True
