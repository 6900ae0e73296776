"""The engine of the database in use, and a limit for the time it may take."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from types import ModuleType
from typing import Any, Final, Protocol, cast

from django.db import connection, transaction
from django.db.utils import OperationalError

from accounts.statements import execute
from forum.search import postgres, sqlite
from forum.search.candidates import Batches, Look, Sample
from forum.search.documents import Document

_STEPS: Final = 20_000  # of SQLite's machine between two looks at the clock
_GRACE: Final = 1.0  # seconds

ENGINES: Final[dict[str, ModuleType]] = {"postgresql": postgres, "sqlite": sqlite}


class TookTooLong(Exception):
    """Time ran out before the database had answered."""


class Engine(Protocol):
    """What a database does for the search."""

    def store(self, documents: Iterable[Document]) -> None:
        """Put the documents in the index, or in the place of older versions of themselves."""

    def look(self, asked: Look) -> Batches:
        """Yield all posts that fit, newest first, in batches of the size that was sent last."""

    def sample(self, most: int) -> Sample:
        """Return what the `most` newest posts tell of all."""

    def newer(self, place: int) -> int:
        """Return how many posts stand at that place or after it."""

    def prepare(self) -> None:
        """Do what must come before a reindex."""

    def finish(self) -> None:
        """Do what must come after a reindex."""

    def is_outdated(self) -> tuple[str, list[Any]]:
        """Return the condition that a document (called `d`, beside posts called `p`) is missing or old."""

    def second_of(self, place: int) -> int:
        """Return the seconds since 1970 of a place."""


def engine() -> Engine:
    """Return the engine of the database in use."""
    return cast(Engine, ENGINES[connection.vendor])


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Let no statement within take longer; raise TookTooLong when one does."""
    limit = _limited_postgresql if connection.vendor == "postgresql" else _limited_sqlite
    try:
        with limit(seconds):
            yield
    except OperationalError as error:
        # PostgreSQL says it by its code for a cancelled query, SQLite only in words.
        if getattr(error.__cause__, "sqlstate", "") == "57014" or "interrupted" in str(error):
            raise TookTooLong from error
        raise


@contextmanager
def _limited_postgresql(seconds: float) -> Iterator[None]:
    is_inner = connection.in_atomic_block
    with transaction.atomic():
        _set_timeout(int(seconds * 1000))
        yield
        if is_inner:  # the setting would hold until the end of the outer transaction
            _set_timeout(0)


def _set_timeout(milliseconds: int) -> None:
    """Set the limit, and how these short queries are run.

    They have neither helpers nor a compiler: starting them takes longer. They read no table whole: of how many posts
    have one of many keys the planner has no idea, and what it guesses is far too much. Tables are asked in the order
    in which they are written.
    """
    execute(
        "SELECT set_config('statement_timeout', %s, true),"
        " set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true),"
        " set_config('enable_seqscan', %s, true), set_config('enable_memoize', %s, true),"
        " set_config('join_collapse_limit', %s, true)",
        [str(milliseconds), *(("off", "off", "1") if milliseconds else ("on", "on", "8"))],
    )


@contextmanager
def _limited_sqlite(seconds: float) -> Iterator[None]:
    end = monotonic() + seconds

    def is_over() -> bool:
        nonlocal end
        if monotonic() < end:
            return False
        end = monotonic() + _GRACE  # for those who then look at what was found until now
        return True

    connection.ensure_connection()
    connection.connection.set_progress_handler(is_over, _STEPS)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, 0)
