"""Making a digest, saying what it is called and what it opens with, deleting it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from forum import events
from forum.actions.digests.own import changed, language_of, locked, show_images
from forum.actions.texts import cleaned, rendered
from forum.models import Digest
from forum.permissions.digests import can_create_digest, can_write_in_digest
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require

ADDRESS_LENGTH = 60  # leaves room for a number that tells two digests of one title apart


def _free_address(owner: User, title: str) -> str:
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)  # two digests of one person come one after another
    wanted = slugify(title, allow_unicode=True)[:ADDRESS_LENGTH].strip("-_") or "digest"
    taken = {slug.lower() for slug in Digest.objects.filter(owner=owner).values_list("slug", flat=True)}
    address, number = wanted, 2
    while address.lower() in taken:
        address, number = f"{wanted}-{number}", number + 1
    return address


def _name(digest: Digest, *, title: str, subtitle: str, dedication: str, description: str, is_public: bool) -> None:
    """Say what the digest is called and who may read it. Raises ValidationError for `title`."""
    if not title.strip():
        raise ValidationError({"title": _("Give the digest a title.")})
    digest.title, digest.subtitle, digest.dedication = title.strip(), subtitle.strip(), dedication.strip()
    digest.description, digest.is_public = description.strip(), is_public
    digest.language = language_of(digest)


@transaction.atomic
def create_digest(
    *,
    by: User,
    title: str,
    subtitle: str = "",
    dedication: str = "",
    description: str = "",
    is_public: bool = False,
    at: datetime | None = None,
) -> Digest:
    """Make an empty digest and return it. Raises Forbidden, and ValidationError for `title`."""
    require(can_create_digest(Viewer.of(by), is_public=is_public))
    now = at or timezone.now()
    digest = Digest(owner=by, created_at=now, changed_at=now)
    _name(digest, title=title, subtitle=subtitle, dedication=dedication, description=description, is_public=is_public)
    digest.slug = _free_address(by, digest.title)
    digest.save(force_insert=True)
    events.record("digest.created", by=by, at=now, digest=digest.pk)
    return digest


@transaction.atomic
def change_digest(
    digest: Digest,
    *,
    by: User,
    title: str,
    description: str,
    is_public: bool,
    subtitle: str = "",
    dedication: str = "",
) -> Digest:
    """Change what the digest is called and who may read it; its address stays. Return it.

    Raises Forbidden, and ValidationError for `title`.
    """
    digest = locked(digest, by=by)
    require(can_write_in_digest(Viewer.of(by), digest, is_public=is_public))
    _name(digest, title=title, subtitle=subtitle, dedication=dedication, description=description, is_public=is_public)
    digest.changed_at = timezone.now()
    digest.save()
    events.record("digest.changed", by=by, digest=digest.pk)
    return digest


@transaction.atomic
def write_foreword(digest: Digest, *, by: User, body: str, at: datetime | None = None) -> Digest:
    """Give the digest another foreword, or none, and return it. Raises Forbidden."""
    digest = locked(digest, by=by, writes=True)
    text = rendered(cleaned(body))
    digest.foreword, digest.foreword_html, digest.renderer_version = (
        text["body"],
        text["html"],
        text["renderer_version"],
    )
    digest.language = language_of(digest)
    digest.save(update_fields=["foreword", "foreword_html", "renderer_version", "language"])
    show_images(digest, by=by)
    changed(digest, at)
    events.record("digest.changed", by=by, at=at, digest=digest.pk)
    return digest


@transaction.atomic
def delete_digest(digest: Digest, *, by: User) -> Digest:
    """Delete the digest with its entries, not the posts, and return what it was. Raises Forbidden."""
    digest = locked(digest, by=by)
    events.record("digest.deleted", by=by, digest=digest.pk)
    digest.delete()
    return digest
