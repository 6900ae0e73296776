"""Prepared queries: a queryset that Django puts into SQL once, asked again and again with other values."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

type Value = int | str | datetime | UUID

REMEMBERED: Final = 64  # forms of one query: orders of a list, lengths of a list of ids
_LAST_NUMBER: Final = 2**63 - 1  # no database holds a larger one, so a row with it is not to be found
_FIRST_NUMBER: Final = 2_000_000_000  # fits every column of numbers; no constant in a query is so large


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement; of its parameters those that are an int are the place of a value, others stand in a tuple."""

    sql: str
    params: tuple[int | tuple[Any], ...]
    within: tuple[tuple[str, int], ...]  # values that stand in the statement itself, as those of LIMIT do
    compiler: Any
    rows: Any


class Prepared[Row]:
    """A query that is written down as a queryset and compiled once for each of its forms.

    Compiling costs Django several times what the database takes to answer. `build` returns the queryset; it is called
    once with the values of a shape and with stand-ins for the others, which it must only hand on to conditions. What
    it asks of the clock or of a person would stay as it was then: such things are values.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self.build = build
        self._compiled: OrderedDict[Hashable, _Compiled | None] = OrderedDict()

    def __call__(self, *values: Value, shape: tuple[Hashable, ...] = ()) -> list[Row]:
        """Return the rows for the values, as `build(*shape, *values)` would: models, or tuples of a values_list."""
        connection = connections["default"]
        key = (connection.vendor, shape, tuple(map(type, values)))
        try:
            compiled = self._compiled[key]
        except KeyError:
            compiled = self._compiled[key] = _compile(self.build, shape, values)
            if len(self._compiled) > REMEMBERED:
                self._compiled.popitem(last=False)
        if compiled is None or any(isinstance(one, int) and one > _LAST_NUMBER for one in values):
            return []
        return _ask(compiled, values)


def _stand_in(place: int, value: Value) -> Value:
    if isinstance(value, datetime):
        return datetime(9000 + place, 7, 1, tzinfo=UTC)
    if isinstance(value, UUID):
        return UUID(int=_FIRST_NUMBER + place)
    return f"\ue000{place}\ue000" if isinstance(value, str) else _FIRST_NUMBER + place


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
    within = tuple((str(one), place) for place, one in enumerate(stand_ins) if type(one) is int and str(one) in sql)
    fields = [selected[0] for selected in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(fields)
    compiler.get_converters = lambda _fields: converters
    compiler.query = None  # the tree of the query has done its work, and is large
    rows = {name: getattr(queryset, name) for name in ("db", "model", "_fetch_mode", "_iterable_class")}
    return _Compiled(sql, tuple(places.get(one, (one,)) for one in params), within, compiler, rows)


def _adapted(value: Value) -> Any:
    connection = connections["default"]
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _ask(compiled: _Compiled, values: tuple[Value, ...]) -> list[Any]:
    adapted = [_adapted(value) for value in values]
    params = [one[0] if isinstance(one, tuple) else adapted[one] for one in compiled.params]
    sql = compiled.sql
    for text, place in compiled.within:
        sql = sql.replace(text, str(int(values[place])))  # type: ignore[arg-type]
    compiler = copy(compiled.compiler)
    compiler.connection = connections["default"]
    compiler.as_sql = lambda: (sql, params)
    # What an iterable of Django asks of its queryset.
    query = SimpleNamespace(get_compiler=lambda *_args, **_more: compiler)
    stand_in = SimpleNamespace(**compiled.rows, query=query, _known_related_objects={})
    return list(stand_in._iterable_class(stand_in))
