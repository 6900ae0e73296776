"""Statements that PostgreSQL plans once for each connection: SQL written by hand, and new rows of models."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import AutoField, Model

from accounts import direct

# Within the transaction, which is that of one statement or of `lightly`: its commit does not wait for the disk.
LIGHTLY: Final = "set_config('synchronous_commit', 'off', true)"
# Writes next to nothing into the log, and its commit waits until all that stands before it is on the disk.
_REACH_DISK: Final = "SELECT pg_logical_emit_message(true, 'cityboards', '')"


def execute(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Run a statement whose text is always the same, and return its rows: none for one that gives none.

    Django puts the values in, so that a server has to plan every statement anew, which takes it longer than most
    answers. Here their types are what the statement says they are. Moments must be given as the database takes them
    (`adapt_datetimefield_value`).
    """
    # Who listens to statements hears them with their values.
    if connection.vendor != "postgresql" or connection.queries_logged or connection.execute_wrappers:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else []
    connection.validate_no_broken_transaction()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        server = connection.connection
        return direct.rows(server, direct.numbered(sql), direct.dumped(server, values))


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
    columns, places = ", ".join(quoted(field.column or "") for field in fields), ", ".join(["%s"] * len(fields))
    key = quoted(meta.pk.column or "")
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


def let_go_early() -> None:
    """Have this transaction let go of its locks before it is on the disk; whoever began it waits for that afterwards.

    PostgreSQL keeps locks until the disk has answered, so everybody who writes in one thread would wait for the disk of
    all who came before. Others see what was written some milliseconds before it is safe; its writer is not told of it
    until then. Within a larger transaction this changes nothing.
    """
    if connection.vendor == "postgresql" and len(connection.atomic_blocks) == 1:
        execute(f"SELECT {LIGHTLY}")
        transaction.on_commit(_reach_disk)


def _reach_disk() -> None:
    execute(_REACH_DISK)
