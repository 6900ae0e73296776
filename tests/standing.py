"""The world, left standing between tests: built once, found by each as it was built, and never committed."""

from copy import deepcopy
from time import monotonic

import pytest
from django.db import connection, transaction

from tests.world import World, build_world

# Seconds. What the site says of time (just now, today) holds for a world that was built a moment ago.
FRESH = 20
# Tests after which the world may go on standing: the next one of the same module wants it, too.
GOES_ON = pytest.StashKey[bool]()


class Standing:
    """A world in a transaction that ends in nothing; what a test does lies in a savepoint of its own within."""

    def __init__(self) -> None:
        self._block: transaction.Atomic | None = None
        self._world = World()
        self._built = 0.0

    def begin(self) -> None:
        """Build the world, unless it stands already and is fresh."""
        if self._block and monotonic() - self._built < FRESH:
            return
        self.end()
        self._built = monotonic()
        self._block = transaction.atomic()
        self._block._from_testcase = True  # as the transactions of Django's own test cases, durable ones may lie in it
        self._block.__enter__()
        self._world = build_world()
        connection.check_constraints()  # once, and not again at the end of each test

    def end(self) -> None:
        """Undo the world, so that the database is empty again."""
        if self._block:
            transaction.set_rollback(True)
            self._block.__exit__(None, None, None)
            self._block = None

    def world(self) -> World:
        """Return the world's people and places, each time as if just built; where none stands, it is built."""
        return deepcopy(self._world) if self._block else build_world()


def wants_standing(item: pytest.Item) -> bool:
    """Whether a test wants the world and leaves the database as it was."""
    asked = set(getattr(item, "fixturenames", ()))
    mark = item.get_closest_marker("django_db")
    committing = bool(mark and (mark.kwargs.get("transaction") or mark.args[:1] == (True,)))
    return "world" in asked and not committing and not {"transactional_db", "live_server"} & asked
