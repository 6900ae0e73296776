"""Putting rows into the tables as fast as each database takes them, with what slows that down set aside meanwhile."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

from bench.site.tables import COLUMNS, columns_of, rest_of
from forum.caching.triggers import put_in_place, take_away

# What was set aside, in the order in which it is to come back, and how far the writing is: both survive a kill -9.
TABLES = (
    "CREATE TABLE IF NOT EXISTS bench_aside (number integer PRIMARY KEY, statement text NOT NULL)",
    "CREATE TABLE IF NOT EXISTS bench_progress (name varchar(40) PRIMARY KEY, value text NOT NULL)",
)
_OF_POSTGRESQL = """
    SELECT 'ALTER TABLE ' || r.relname || ' DROP CONSTRAINT "' || c.conname || '"',
        'ALTER TABLE ' || r.relname || ' ADD CONSTRAINT "' || c.conname || '" ' || pg_get_constraintdef(c.oid),
        CASE c.contype WHEN 'f' THEN 2 ELSE 1 END
    FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
    WHERE r.relname = ANY(%(tables)s) AND c.contype IN ('f', 'u')
    UNION ALL
    SELECT 'DROP INDEX "' || i.relname || '"', pg_get_indexdef(i.oid), 0
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class r ON r.oid = x.indrelid
    WHERE r.relname = ANY(%(tables)s)
        AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid AND c.contype IN ('p', 'u'))
    ORDER BY 3 DESC, 1"""
_OF_SQLITE = """
    SELECT 'DROP ' || type || ' "' || name || '"', sql FROM sqlite_master
    WHERE tbl_name IN (%s) AND type = 'index' AND sql IS NOT NULL"""


def prepare() -> None:
    """Make the tables that say how far it is, and let the database write without waiting for the disk."""
    with connection.cursor() as cursor:
        for statement in TABLES:
            cursor.execute(statement)
        if connection.vendor == "sqlite":
            for pragma in (
                "synchronous = OFF",
                "cache_size = -200000",
                "foreign_keys = OFF",
                "wal_autocheckpoint = 20000",
            ):
                cursor.execute(f"PRAGMA {pragma}")
        else:
            cursor.execute("SET synchronous_commit = off; SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'")


def remembered(name: str) -> str:
    """Return what was noted under this name, nothing where nothing was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM bench_progress WHERE name = %s", [name])
        row = cursor.fetchone()
    return row[0] if row else ""


def remember(name: str, value: str) -> None:
    """Note something, in the transaction that goes on."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM bench_progress WHERE name = %s", [name])
        cursor.execute("INSERT INTO bench_progress (name, value) VALUES (%s, %s)", [name, value])


@transaction.atomic
def set_aside() -> None:
    """Take triggers from all tables, indexes and foreign keys from those that are filled; note how they come back."""
    take_away()
    tables = [model._meta.db_table for model in COLUMNS]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_OF_POSTGRESQL, {"tables": tables})
        else:
            cursor.execute(_OF_SQLITE % ", ".join(f"'{table}'" for table in tables))
        for number, (drop, bring_back, *_order) in enumerate(cursor.fetchall()):
            cursor.execute("INSERT INTO bench_aside (number, statement) VALUES (%s, %s)", [-number, bring_back])
            cursor.execute(drop)


def bring_back(say: Callable[[str], None]) -> None:
    """Bring back what was set aside, one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, statement FROM bench_aside ORDER BY number")
        for place, (number, statement) in enumerate(rows := cursor.fetchall()):
            with transaction.atomic():
                cursor.execute(statement)
                cursor.execute("DELETE FROM bench_aside WHERE number = %s", [number])
            say(f"index {place + 1} of {len(rows)}")
    put_in_place()


def insert(model: type[models.Model], rows: Iterable[tuple[Any, ...]]) -> None:
    """Put rows into a table: COPY on PostgreSQL, else one statement that is prepared once."""
    table, columns, rest = model._meta.db_table, columns_of(model), rest_of(model)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row + rest)
        else:
            marks = ", ".join(["?"] * len(columns))
            # The driver's own: Django's would read the statement again for each row.
            cursor.connection.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({marks})", (row + rest for row in rows)
            )


def tidy() -> None:
    """Move the sequences on, and have the database look at what it holds."""
    sequences = connection.ops.sequence_reset_sql(no_style(), list(COLUMNS))
    with connection.cursor() as cursor:
        for statement in sequences if connection.vendor == "postgresql" else ():
            cursor.execute(statement)
        cursor.execute("VACUUM (ANALYZE)" if connection.vendor == "postgresql" else "ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = ON")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
