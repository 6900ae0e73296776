"""What the rows of a prepared query become: models or tuples, as Django makes them, but laid out once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.fetch_modes import FETCH_ONE
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable
from django.db.models.signals import post_init, pre_init

type Row = Sequence[Any]
type Converter = Callable[[Any, Any, Any], Any]  # value, expression, connection

TUPLES: Final[dict[Any, Callable[[Row], Any]]] = {ValuesListIterable: tuple, FlatValuesListIterable: lambda row: row[0]}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a row is laid out, and what it becomes."""

    converters: list[tuple[int, Sequence[Converter], Any]]
    make: Callable[[Row], Any]

    def made(self, rows: Iterable[Row], connection: Any) -> list[Any]:
        """Return what the rows become, as they come from the driver."""
        make, converters = self.make, self.converters
        if not converters:
            return [make(row) for row in rows]
        made = []
        for row in map(list, rows):
            for place, several, expression in converters:
                value = row[place]
                for one in several:
                    value = one(value, expression, connection)
                row[place] = value
            made.append(make(row))
        return made


def layout_of(queryset: QuerySet[Any, Any], compiler: Any) -> Layout:
    """Return how the rows of a compiled queryset are laid out. Raises TypeError for one that needs more."""
    fields = [selected[0] for selected in compiler.select[: compiler.col_count]]
    converters = [(place, *more) for place, more in compiler.get_converters(fields).items()]
    kind: Any = queryset._iterable_class
    if kind is ModelIterable and queryset._fetch_mode is FETCH_ONE:  # type: ignore[attr-defined]
        return Layout(converters, _part(compiler.klass_info, compiler, queryset.db).made)
    if kind not in TUPLES or compiler.has_composite_fields(fields):
        raise TypeError(f"Rows as {kind.__name__} are not known")
    return Layout(converters, TUPLES[kind])


@dataclass(slots=True)
class _Part:
    """A part of a row that is a model, with the models that were selected along with it."""

    model: type[Model]
    names: list[str]
    start: int
    end: int
    key: int  # where the primary key stands
    database: str
    along: dict[str, int]  # annotations
    related: list[tuple["_Part", Callable[..., None], Callable[..., None]]] = field(default_factory=list)

    def made(self, row: Row) -> Any:
        """Return the model, None where the row has none."""
        if row[self.key] is None:
            return None
        one = self.model.__new__(self.model)
        one.__dict__.update(zip(self.names, row[self.start : self.end], strict=True))
        state = one._state = ModelState()
        state.adding, state.db = False, self.database
        for name, place in self.along.items():
            setattr(one, name, row[place])
        for part, put_here, put_there in self.related:
            other = part.made(row)
            put_here(one, other)
            if other is not None:
                put_there(other, one)
        return one


def _part(known: Any, compiler: Any, database: str) -> _Part:
    model, places = known["model"], known["select_fields"]
    if known.get("from_parent") or not _is_plain(model):
        raise TypeError(f"{model.__name__} is made in a way of its own")
    start, end = places[0], places[-1] + 1
    names = [selected[0].target.attname for selected in compiler.select[start:end]]
    key = start + names.index(model._meta.pk.attname)
    along = compiler.annotation_col_map if known is compiler.klass_info else None
    part = _Part(model, names, start, end, key, database, along or {})
    for one in known.get("related_klass_infos", []):
        part.related.append((_part(one, compiler, database), one["local_setter"], one["remote_setter"]))
    return part


def _is_plain(model: type[Model]) -> bool:
    """Return whether making a model does nothing besides putting values in their places, so that it can be left out."""
    if pre_init.has_listeners(model) or post_init.has_listeners(model):
        return False
    return model.__init__ is Model.__init__ and model.from_db.__func__ is Model.from_db.__func__  # type: ignore[attr-defined]
