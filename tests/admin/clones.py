"""More rows like one that there is, for lists that must stay light however long they are."""

from itertools import count
from uuid import UUID, uuid4

from django.db import models

_numbers = count(1000)


def _names_in(constraint: models.UniqueConstraint) -> set[str]:
    """Return the fields of which the constraint speaks, also within expressions."""
    found = set(constraint.fields)
    waiting = list(constraint.expressions)
    while waiting:
        one = waiting.pop()
        if isinstance(one, models.F):
            found.add(one.name)
        else:
            waiting += one.get_source_expressions()
    return found


def _unique_fields(model: type[models.Model]) -> set[str]:
    names = {field.name for field in model._meta.fields if field.unique and not isinstance(field, models.AutoField)}
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            names |= _names_in(constraint)
    return names


def another(row: models.Model) -> models.Model:
    """Store and return a row like this one; whatever must be unique differs, made anew where it is a row itself."""
    model, number = type(row), next(_numbers)
    fields = [field for field in model._meta.fields if not isinstance(field, models.AutoField)]
    values = {field.name: getattr(row, field.name) for field in fields}
    for name in _unique_fields(model) & values.keys():
        value, field = values[name], model._meta.get_field(name)
        if isinstance(value, models.Model):
            values[name] = another(value)
        elif isinstance(value, UUID):
            values[name] = uuid4()
        elif isinstance(value, bool) or value is None or getattr(field, "choices", None):
            continue
        elif isinstance(value, int):
            values[name] = value + number
        elif isinstance(value, str) and value:
            values[name] = f"{number}x{value}"[: getattr(field, "max_length", None)]
    return model._base_manager.create(**values)
