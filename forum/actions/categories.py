"""Categories of the directory: creating, changing, ordering and deleting them, and moving cities between them."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from forum import events
from forum.actions.cities import change_city
from forum.models import Category, City
from forum.permissions.categories import can_classify
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require

if TYPE_CHECKING:
    from accounts.models import User


def _called(category: Category) -> str:
    """Return both names of the category, as the log keeps them."""
    return f"{category.name_zh} ({category.name_en})"


def _named(name_zh: str, name_en: str) -> dict[str, str]:
    """Return the names without space around them. Raises ValidationError for one that is missing."""
    names = {"name_zh": name_zh.strip(), "name_en": name_en.strip()}
    if missing := [name for name, text in names.items() if not text]:
        raise ValidationError(dict.fromkeys(missing, _("A category has a name in both languages.")))
    return names


def _check_parent(parent: Category | None) -> None:
    if parent is not None and parent.parent_id is not None:
        raise ValidationError({"parent": _("The directory has two levels; choose one of the upper level.")})


def _last(parent: Category | None) -> int:
    """Return the position of the last category below the parent, whose rows are locked."""
    rows = list(Category.objects.select_for_update().filter(parent=parent).values_list("position", flat=True))
    return max(rows, default=0)


@transaction.atomic
def create_category(
    *,
    by: "User",
    name_zh: str,
    name_en: str,
    parent: Category | None = None,
    slug: str = "",
    at: datetime | None = None,
) -> Category:
    """Create a category at the end of its level and return it; without `parent` it stands in the upper level.

    Its address, made of the English name if none is given, is for good. Raises Forbidden, and ValidationError for
    `name_zh`, `name_en`, `slug` or `parent`.
    """
    require(can_classify(Viewer.of(by)))
    names, slug = _named(name_zh, name_en), slug.strip().lower() or slugify(name_en)
    _check_parent(parent)
    if not slug:
        raise ValidationError({"slug": _("Give the category an address of Latin letters, digits and hyphens.")})
    position = _last(parent) + 1
    if Category.objects.filter(slug=slug).exists():
        raise ValidationError({"slug": _("There is a category at this address already.")})
    category = Category.objects.create(parent=parent, slug=slug, position=position, **names)
    events.record("category.created", by=by, at=at, category=_called(category), slug=slug)
    return category


def _locked(category: Category, by: "User") -> Category:
    category = Category.objects.select_for_update(of=("self",)).get(pk=category.pk)
    require(can_classify(Viewer.of(by)))
    return category


@transaction.atomic
def edit_category(
    category: Category,
    *,
    by: "User",
    name_zh: str,
    name_en: str,
    parent: Category | None = None,
    at: datetime | None = None,
) -> Category:
    """Rename the category, or put one of the lower level below another `parent`, and return it.

    Nothing changed records nothing. Raises Forbidden, and ValidationError for `name_zh`, `name_en` or `parent`.
    """
    category = _locked(category, by)
    changes: dict[str, object] = {**_named(name_zh, name_en)}
    if (parent is None) != (category.parent_id is None):
        raise ValidationError({"parent": _("A category stays in its level.")})
    if parent is not None and parent.pk != category.parent_id:
        _check_parent(parent)
        changes |= {"parent": parent, "position": _last(parent) + 1}
    changed = [name for name, value in changes.items() if getattr(category, name) != value]
    if not changed:
        return category
    for name in changed:
        setattr(category, name, changes[name])
    category.save(update_fields=changed)
    events.record("category.changed", by=by, at=at, category=_called(category), slug=category.slug)
    return category


@transaction.atomic
def move_category(category: Category, *, by: "User", step: int, at: datetime | None = None) -> Category:
    """Move the category one place up (step=-1) or down (+1) in its level; at an end it stays. Raises Forbidden."""
    require(can_classify(Viewer.of(by)))
    rows = list(Category.objects.select_for_update(of=("self",)).filter(parent=category.parent_id).order_by("pk"))
    order = sorted(rows, key=lambda one: (one.position, one.pk))
    place = [one.pk for one in order].index(category.pk)
    if not 0 <= place + step < len(order):
        return category
    order.insert(place + step, order.pop(place))
    for position, one in enumerate(order, start=1):
        one.position = position
    Category.objects.bulk_update(order, ["position"])
    events.record("category.ordered", by=by, at=at)
    return order[place + step]


@transaction.atomic
def delete_category(category: Category, *, by: "User", reason: str = "", at: datetime | None = None) -> None:
    """Delete an empty category; one that is gone stays gone. Raises Forbidden, and ValidationError when it is not."""
    require(can_classify(Viewer.of(by)))
    found = Category.objects.select_for_update(of=("self",)).filter(pk=category.pk).first()
    if found is None:
        return
    if found.children.exists() or found.cities.exists():
        raise ValidationError(_("Only an empty category can be deleted: first move what stands in it."))
    name, slug = _called(found), found.slug
    found.delete()
    events.record("category.deleted", by=by, reason=reason.strip(), at=at, category=name, slug=slug)


@transaction.atomic
def move_cities(cities: Collection[City], *, by: "User", into: Category) -> list[City]:
    """Put the cities into another category of the lower level and return them; each tells it in its own log.

    Raises Forbidden, and ValidationError for `into`.
    """
    require(can_classify(Viewer.of(by)))
    if into.parent_id is None:
        raise ValidationError({"into": _("A city stands in a category of the lower level.")})
    return [change_city(city, by=by, category=into) for city in sorted(cities, key=lambda city: city.pk)]
