"""Indexing many posts while nobody searches: the index proper is made at the end, in one piece."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def indexed_afterwards() -> Iterator[None]:
    """Leave the index proper away within and build it at the end; until then a search finds by walking only.

    On PostgreSQL this takes a fraction of the time that thousands of single entries take; on SQLite each transaction
    leaves a piece of index, and these are joined at the end.
    """
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if is_postgresql:
            cursor.execute("DROP INDEX IF EXISTS search_terms_keys")
        try:
            yield
        finally:
            if is_postgresql:
                cursor.execute(
                    "CREATE INDEX search_terms_keys ON search_terms USING gin (keys) WITH (fastupdate = off)"
                )
            else:
                cursor.execute("INSERT INTO search_terms (search_terms) VALUES ('optimize')")
