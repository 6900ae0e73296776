"""Generations on SQLite, where one writes at a time: a scope has one row, which grows."""

from collections.abc import Iterable, Sequence
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from forum.caching.scopes import SITE

if TYPE_CHECKING:
    from forum.caching.triggers import Trigger

# Steps differ, so that two courses of events (one rolled back, or from a backup) hardly ever meet at one number.
STEP = "1 + (random() & 16777215)"
GROW = f"""INSERT INTO forum_generation (kind, key, number)
    SELECT kind, key, {STEP} FROM ({{scopes}}) WHERE key IS NOT NULL
    ON CONFLICT (kind, key) DO UPDATE SET number = number + excluded.number"""
ALONE = "SELECT 1"  # whoever writes is
EVERYTHING = GROW.format(scopes=f"SELECT {SITE.kind:d} AS kind, {SITE.key} AS key")


def noted(query: str) -> str:
    """Return the query of one who looks from within a transaction: every change counts there anyway."""
    return query


def ask(connection: Connection, query: str, values: Sequence[int | str]) -> tuple[int, ...] | None:
    """Return the row of a query."""
    found: tuple[int, ...] | None = connection.execute(query.replace("%s", "?"), values).fetchone()
    return found


def _statement(trigger: "Trigger") -> str:
    rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[trigger.operation]
    shown = trigger.shown
    places = [(kind, key.format(row=row)) for row in rows for kind, key in shown.scopes.items()]
    each = [(kind, query.format(row=row)) for row in rows for kind, query in shown.each.items()]
    asked = [f"SELECT {kind:d} AS kind, {key} AS key" for kind, key in places]
    asked += [f"SELECT {kind:d} AS kind, key FROM ({query})" for kind, query in each]
    scopes = " UNION ".join(dict.fromkeys(asked))
    when = [f"({' OR '.join(shown.when.format(row=row) for row in rows)})"] if shown.when else []
    event = trigger.operation
    if trigger.operation == "UPDATE":
        event = f"UPDATE OF {', '.join(trigger.columns)}"
        when.append(f"({' OR '.join(f'OLD.{column} IS NOT NEW.{column}' for column in trigger.columns)})")
    condition = f" WHEN {' AND '.join(when)}" if when else ""
    grow = GROW.format(scopes=scopes)
    return f"CREATE TRIGGER {trigger.name} AFTER {event} ON {trigger.table} FOR EACH ROW{condition} BEGIN {grow}; END"


def _present(connection: Any) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'generation!_%' ESCAPE '!'"
        )
        return dict(cursor.fetchall())


def are_in_place(connection: Any, wanted: Iterable["Trigger"]) -> bool:
    """Return whether the triggers are there as they would be made."""
    return _present(connection) == {trigger.name: _statement(trigger) for trigger in wanted}


def creation(wanted: Iterable["Trigger"]) -> list[str]:
    """Return the statements that make the triggers."""
    return [_statement(trigger) for trigger in wanted]


def removal(connection: Any) -> list[str]:
    """Return the statements that take away the triggers that are there."""
    return [f"DROP TRIGGER {name}" for name in _present(connection)]
