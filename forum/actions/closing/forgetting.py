"""What the registry says goes, or is emptied: done for any table by one routine."""

from django.apps import apps
from django.db import models, transaction

from accounts.models import User
from forum.actions.closing.registry import REGISTRY, Noun


@transaction.atomic
def forget(person: User) -> None:
    """Delete the rows of a person that go when their account is closed, and empty the fields that are to be empty.

    Twice changes nothing. What needs more than that, other modules of this package do.
    """
    for label, noun in REGISTRY.items():
        if not noun.owner:
            continue
        rows = apps.get_model(label)._base_manager.filter(**{noun.owner: person})
        if noun.goes:
            rows.delete()
        elif names := fields_to_empty(noun, person):
            rows.update(**{name: _nothing(rows.model._meta.get_field(name)) for name in names})


def fields_to_empty(noun: Noun, person: User) -> list[str]:
    """Return which fields of the person's rows are emptied, by what they chose."""
    names = noun.emptied.split()
    if person.is_nameless:
        names += noun.nameless.split()
    if person.farewell == User.Farewell.BLANK:
        names += noun.erased.split()
    return names


def _nothing(field: "models.Field") -> object:
    """Return what stands in the field when nothing does."""
    return field.get_default() if field.has_default() else ""
