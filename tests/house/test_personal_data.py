"""The registry of personal data knows every table and every field that could hold some."""

from django.apps import apps
from django.db import models

from accounts.models import User
from forum.actions.closing.registry import IMPERSONAL, REGISTRY

WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)
NETWORKS = (models.GenericIPAddressField,)


def could_be_personal(field: models.Field) -> bool:
    """Return whether the field holds words, a network address or a link to a person; a choice of a few is none."""
    if field.is_relation:
        return field.related_model is User
    return isinstance(field, (*WORDS, *NETWORKS)) and not field.choices


def fields_of(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields if not field.primary_key and could_be_personal(field)}


def test_every_field_that_could_be_personal_is_registered() -> None:
    missing, gone = [], []
    for model in apps.get_models(include_auto_created=True):
        label, fields = model._meta.label, fields_of(model)
        noun = REGISTRY.get(label)
        known = noun.fields if noun else set(IMPERSONAL.get(label, "").split())
        if noun is None and label not in IMPERSONAL:
            missing.append(f"{label}: the table itself")
        missing += [f"{label}.{name}" for name in sorted(fields - known)]
        gone += [f"{label}.{name}" for name in sorted(known - {field.name for field in model._meta.get_fields()})]
    assert missing == []
    assert gone == []


def test_no_table_is_registered_that_is_gone() -> None:
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert sorted({*REGISTRY, *IMPERSONAL} - labels) == []
    assert REGISTRY.keys() & IMPERSONAL.keys() == set()


def test_what_leads_to_a_person_is_never_called_impersonal() -> None:
    for label, names in IMPERSONAL.items():
        model = apps.get_model(label)
        assert not any(model._meta.get_field(name).is_relation for name in names.split()), label


def test_every_table_says_where_a_person_finds_it_or_why_not() -> None:
    for label, noun in REGISTRY.items():
        assert bool(noun.export) != bool(noun.kept_back), label
