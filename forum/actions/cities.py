"""Founding a city and changing its settings."""

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.folding import is_same
from forum import events
from forum.models import Board, Category, City, Membership
from forum.permissions.cities import can_found_city, can_govern_city
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require

if TYPE_CHECKING:
    from accounts.models import User

SETTINGS = ("name", "seal", "ink", "category", "description", "joining", "posting", "visibility")
RESERVED = {"new"}


@transaction.atomic
def found_city(
    *,
    by: "User",
    name: str,
    category: Category,
    slug: str = "",
    board_name: str = "",
    at: datetime | None = None,
    **settings: Any,
) -> City:
    """Found a city, its mayor being the founder and its first board the default one; return it.

    `settings` are fields of City named in SETTINGS. Raises Forbidden, and ValidationError for `slug`.
    """
    require(can_found_city(Viewer.of(by)))
    now, slug = at or timezone.now(), slug or slugify(name, allow_unicode=True)
    if not slug or slug in RESERVED:
        raise ValidationError({"slug": _("Give the city an address of letters, digits and hyphens.")})
    if City.objects.filter(is_same("slug", slug)).exists():
        raise ValidationError({"slug": _("There is a city at this address already.")})
    try:
        with transaction.atomic():  # somebody else may take the address at this very moment
            city = City.objects.create(
                name=name.strip(),
                slug=slug,
                category=category,
                created_at=now,
                last_activity_at=now,
                citizens_count=1,
                **settings,
            )
    except IntegrityError as problem:
        raise ValidationError({"slug": _("There is a city at this address already.")}) from problem
    Membership.objects.create(city=city, user=by, role=Membership.Role.MAYOR, joined_at=now, role_since=now)
    board_name = board_name or pgettext("the default board of a city", "General")
    Board.objects.create(
        city=city, name=board_name, slug=slugify(board_name, allow_unicode=True), is_default=True, last_activity_at=now
    )
    events.record("city.founded", by=by, city=city, at=now)
    return city


@transaction.atomic
def change_city(city: City, *, by: "User", **settings: Any) -> City:
    """Change settings of the city (those in SETTINGS) and return it; the log names which. Raises Forbidden."""
    city = City.objects.select_for_update(no_key=True).get(pk=city.pk)
    require(can_govern_city(Viewer.of(by), city))
    changed = [name for name in SETTINGS if name in settings and getattr(city, name) != settings[name]]
    if not changed:
        return city
    for name in changed:
        setattr(city, name, settings[name])
    city.save(update_fields=changed)
    events.record("city.changed", by=by, city=city, fields=changed)
    return city


@transaction.atomic
def set_crest(city: City, *, by: "User", picture: bytes | None) -> City:
    """Let a picture (a PNG made by us) stand for the city, or its seal again (None). Raises Forbidden.

    A file is named by its content and never changed, so a page that still shows the old one is not broken.
    """
    city = City.objects.select_for_update(no_key=True).get(pk=city.pk)
    require(can_govern_city(Viewer.of(by), city))
    name = f"crests/{sha256(picture).hexdigest()[:32]}.png" if picture else ""
    if city.crest.name == name:
        return city
    if picture and not default_storage.exists(name):
        default_storage.save(name, ContentFile(picture))
    city.crest = name
    city.save(update_fields=["crest"])
    events.record("city.changed", by=by, city=city, fields=["crest"])
    return city
