"""Statements that PostgreSQL parses and plans once for each connection: SQL written by hand, and new rows of models."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

import psycopg
from django.db import connection, transaction
from django.db.models import AutoField, Model
from psycopg.types.numeric import Int8

# Within the transaction, which is that of one statement or of `lightly`: its commit does not wait for the disk.
LIGHTLY: Final = "set_config('synchronous_commit', 'off', true)"


def execute(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Run the statement, whose text should always be the same, and return its rows: none for one that gives none.

    Django binds values on this side, so that a server has to plan every statement anew; that takes it longer than most
    answers. Moments must be given as the database takes them (`adapt_datetimefield_value`).
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.cursor = psycopg.Cursor(connection.connection)
            # Of one width, or the same statement would be another one for each width of a number.
            values = [Int8(value) if type(value) is int else value for value in values]
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def insert(row: Model) -> None:
    """Store a new row as `save(force_insert=True)` does, without signals; it gets its key."""
    statement, fields = _insertion(type(row), connection.vendor)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    [(row.pk,)] = execute(statement, values)
    row._state.adding, row._state.db = False, connection.alias


@cache
def _insertion(model: type[Model], _vendor: str) -> tuple[str, list[Any]]:
    meta, quoted = model._meta, connection.ops.quote_name
    fields = [field for field in meta.concrete_fields if not isinstance(field, AutoField)]
    columns, places = ", ".join(quoted(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    key = quoted(meta.pk.column)
    return f"INSERT INTO {quoted(meta.db_table)} ({columns}) VALUES ({places}) RETURNING {key}", fields


@contextmanager
def lightly() -> Iterator[None]:
    """A transaction that is all or nothing, but may be lost with the machine: for what would then be done again.

    It does not wait for the disk. Within another transaction it is part of that.
    """
    is_own = not connection.in_atomic_block
    with transaction.atomic():
        if is_own and connection.vendor == "postgresql":
            execute(f"SELECT {LIGHTLY}")
        yield
