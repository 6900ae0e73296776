"""Triggers that make generations grow, made of the table of what pages show, and how they come into the database.

`manage.py migrate` puts them there after the migrations. A migration of SQLite may copy a table and lose its triggers,
and one written today must not depend on a table of tomorrow: so no migration makes them.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction

from forum.caching.generations import DIALECTS
from forum.caching.shown import SHOWN, Shown

OPERATIONS = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: of which row of THE table, after what, and for which change of which columns."""

    shown: Shown
    name: str
    table: str
    operation: str
    columns: tuple[str, ...]


def _columns(shown: Shown) -> tuple[str, ...]:
    """Return the columns whose change counts; raise ValueError for a name that no column has."""
    every = [field.column for field in apps.get_model(shown.model)._meta.concrete_fields]
    unshown, only = set(shown.unshown.split()), set(shown.only.split())
    if strange := (unshown | only) - set(every):
        raise ValueError(f"{shown.model} has no columns {sorted(strange)}")
    return tuple(column for column in every if (column in only if only else column not in unshown))


def triggers() -> list[Trigger]:
    """Return every trigger that the table of what pages show asks for."""
    made: list[Trigger] = []
    for place, shown in enumerate(SHOWN):
        table, columns = apps.get_model(shown.model)._meta.db_table, _columns(shown)
        for operation in shown.on:
            name = f"generation_{table}_{place}_{operation.lower()}"
            made.append(Trigger(shown, name, table, operation, columns))
    return made


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def are_in_place() -> bool:
    """Return whether the database has exactly the triggers that the table asks for, and all of them at work."""
    return DIALECTS[connection.vendor].are_in_place(connection, triggers())


@transaction.atomic
def put_in_place() -> bool:
    """Make the database have the triggers; return whether it had others, or none.

    Then everything counts as changed, because nobody knows what changed without them.
    """
    if are_in_place():
        return False
    dialect = DIALECTS[connection.vendor]
    _run([dialect.ALONE])
    _run([*dialect.removal(connection), *dialect.creation(triggers())])
    everything_changed()
    return True


@transaction.atomic
def take_away() -> None:
    """Take all triggers out of the database, as before migrations: SQLite copies no table that a trigger reads."""
    _run(DIALECTS[connection.vendor].removal(connection))


def everything_changed() -> None:
    """Have every page count as changed."""
    _run([DIALECTS[connection.vendor].EVERYTHING])


@contextmanager
def without_triggers() -> Iterator[None]:
    """Write in bulk within, without counting row by row; everything counts as changed at the end, also after an error.

    The tables are locked for the moments in which the triggers go and come. Whoever else writes meanwhile changes
    what others go on being shown until the end: it is for a site that nobody visits.
    """
    take_away()
    try:
        yield
    finally:
        put_in_place()
