"""Prepared queries: a queryset that Django puts into SQL once, asked again and again with other values."""

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from psycopg import DataError
from psycopg.sql import Literal

from accounts import direct
from accounts.made import Layout, layout_of

type Value = int | str | datetime | UUID

REMEMBERED: Final = 64  # forms of one query: orders of a list, lengths of a list of ids
_LAST_NUMBER: Final = 2**63 - 1  # no database holds a larger one, so a row with it is not to be found
_FIRST_NUMBER: Final = 2_000_000_000  # fits every column of numbers; no constant in a query is so large
_APART: Final = 10  # so that a number one higher stands for no other value
_PLACES: Final = re.compile(r"(%s|%%|\b200000\d{4}\b)")
_STRANGE: Final = re.compile(r"\ue000|\b200000\d{4}\b|\b9\d{3}-07-0")  # of a stand-in: it would be asked for ever
_TYPES: Final = {int: "bigint", str: "text", datetime: "timestamptz", UUID: "uuid"}


@dataclass(frozen=True, slots=True, eq=False)
class _Compiled:
    """A statement; of its parameters those that are an int are the place of a value, others stand in a tuple."""

    sql: str  # as Django's cursors take it, with `params`
    params: tuple[int | tuple[Any], ...]
    direct: Any  # as the library below takes it: with `values`, text for SQLite and bytes for PostgreSQL
    values: tuple[int, ...]  # the places of those that stand in it, each once
    layout: Layout


class Prepared[Row]:
    """A query that is written down as a queryset and compiled once for each of its forms.

    Compiling costs Django several times what the database takes to answer, and PostgreSQL then has it planned already.
    `build` returns the queryset; it is called once with the values of a shape and with stand-ins for the others, which
    it must only hand on to conditions. What it asks of the clock or of a person would stay as it was then: such things
    are values.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self.build = build
        self._compiled: OrderedDict[Hashable, _Compiled | None] = OrderedDict()

    def __call__(self, *values: Value, shape: tuple[Hashable, ...] = ()) -> list[Row]:
        """Return the rows for the values, as `build(*shape, *values)` would: models, or tuples of a values_list."""
        compiled, rows = self._asked(values, shape)
        return compiled.layout.made(rows, connections["default"]) if compiled else []

    def _asked(self, values: tuple[Value, ...], shape: tuple[Hashable, ...]) -> tuple[_Compiled | None, list[Any]]:
        """Return the compiled query, None where it cannot find anything, and the rows as they come from the driver."""
        key = (connections["default"].vendor, shape, tuple(map(type, values)))
        try:
            compiled = self._compiled[key]
        except KeyError:
            compiled = self._compiled[key] = _compile(self.build, shape, values)
            if len(self._compiled) > REMEMBERED:
                self._compiled.popitem(last=False)
        if compiled is None or any(isinstance(one, int) and one > _LAST_NUMBER for one in values):
            return None, []
        return compiled, _ask(compiled, values)


class Remembered[Row, Made](Prepared[Row]):
    """A prepared query for lists that are read again and again, in which few rows change.

    What a row becomes, `make` makes of it once: the very same row of the database comes back as the same thing, which
    nobody may change. `most` rows are remembered. No row may hold JSON.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], make: Callable[[Row], Made], *, most: int) -> None:
        super().__init__(build)
        self._make = make
        self._known = lru_cache(most)(self._made)

    def found(self, *values: Value, shape: tuple[Hashable, ...] = ()) -> list[Made]:
        """Return what the rows for the values have become."""
        compiled, rows = self._asked(values, shape)
        return [self._known(compiled, row) for row in rows]

    def _made(self, compiled: _Compiled, row: tuple[Any, ...]) -> Made:
        return self._make(compiled.layout.made([row], connections["default"])[0])


def _stand_in(place: int, value: Value) -> Value:
    if isinstance(value, datetime):
        return datetime(9000 + place, 7, 1, tzinfo=UTC)
    if isinstance(value, UUID):
        return UUID(int=_FIRST_NUMBER + place)
    return f"\ue000{place}\ue000" if isinstance(value, str) else _FIRST_NUMBER + _APART * place


def _compile(build: Callable[..., Any], shape: tuple[Hashable, ...], values: tuple[Value, ...]) -> _Compiled | None:
    """Return the compiled query, None for one that Django knows to be empty."""
    stand_ins = [_stand_in(place, value) for place, value in enumerate(values)]
    queryset = build(*shape, *stand_ins)
    compiler = queryset.query.get_compiler(using=queryset.db)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    places = {_adapted(value): place for place, value in enumerate(stand_ins)}
    given = iter([places.get(one, (one,)) for one in params])
    # Values may stand in the statement itself, as those of LIMIT do.
    within = {str(one): place for place, one in enumerate(stand_ins) if type(one) is int}
    parts = [
        next(given) if text == "%s" else within.get(text, "%" if text == "%%" else text) for text in _PLACES.split(sql)
    ]
    sql = "".join(part.replace("%", "%%") if isinstance(part, str) else "%s" for part in parts)
    there = tuple(one for one in parts if not isinstance(one, str))
    known = tuple(dict.fromkeys(one for one in there if isinstance(one, int)))
    if any(_STRANGE.search(str(one[0] if isinstance(one, tuple) else one)) for one in parts):
        raise TypeError(f"A value does not stand in the statement as it was given: {sql}")
    below: str | bytes
    if connections["default"].vendor == "postgresql":
        below = _for_postgresql(parts, {place: _TYPES[type(values[place])] for place in known})
    else:
        below = _for_sqlite(parts, known)
    return _Compiled(sql, there, below, known, layout_of(queryset, compiler))


def _for_sqlite(parts: list[Any], order: tuple[int, ...]) -> str:
    """Return the statement with what is always the same written out, so that SQLite sees which index covers it."""
    words = []
    for part in parts:
        if isinstance(part, tuple):
            [value] = part
            if not isinstance(value, int | str):
                raise TypeError(f"{value!r} is not known how to be written")
            words.append("'{}'".format(value.replace("'", "''")) if isinstance(value, str) else str(int(value)))
        else:
            words.append(f"?{order.index(part) + 1}" if isinstance(part, int) else part)
    return "".join(words)


def _for_postgresql(parts: list[Any], types: dict[int, str]) -> bytes:
    connection, order = connections["default"], list(types)
    connection.ensure_connection()
    words = []
    for part in parts:
        if isinstance(part, int):
            words.append(f"${order.index(part) + 1}::{types[part]}")
        else:
            words.append(part if isinstance(part, str) else Literal(part[0]).as_string(connection.connection))
    return "".join(words).encode()


def _adapted(value: Value) -> Any:
    connection = connections["default"]
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _ask(compiled: _Compiled, values: tuple[Value, ...]) -> list[Any]:
    """Return the rows as they come from the driver."""
    connection = connections["default"]
    if connection.queries_logged or connection.execute_wrappers:  # who listens to queries hears of it
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, _params(compiled, values))
            return cast("list[Any]", cursor.fetchall())
    connection.validate_no_broken_transaction()
    connection.ensure_connection()
    is_postgresql = connection.vendor == "postgresql"
    with connection.wrap_database_errors:
        given = [(_written if is_postgresql else _adapted)(values[one]) for one in compiled.values]
        if is_postgresql:
            return direct.rows(connection.connection, compiled.direct, given)
        return cast("list[Any]", connection.connection.execute(compiled.direct, given).fetchall())


def _params(compiled: _Compiled, values: tuple[Value, ...]) -> list[Any]:
    adapted = [_adapted(value) for value in values]
    return [one[0] if isinstance(one, tuple) else adapted[one] for one in compiled.params]


def _written(value: Value) -> bytes:
    """Return a value as PostgreSQL reads it. Raises DataError for a text with a NUL, which would end there."""
    text = str(value)
    if "\0" in text:
        raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return text.encode()
