"""What all changes of a digest share: its lock, when it was changed, and what its own texts show."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from forum.actions.attachments import replace_images
from forum.models import Digest
from forum.permissions.digests import can_edit_digest, can_write_in_digest
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require
from forum.text.languages import guess


def locked(digest: Digest, *, by: User, writes: bool = False) -> Digest:
    """Return the digest, locked: what is done to one digest is done one after another. Raises Forbidden.

    `writes` says that words or posts come into it, which in a public one only those may do who may act on the site.
    """
    digest = Digest.objects.select_for_update(of=("self",), no_key=True).get(pk=digest.pk)
    require(can_edit_digest(Viewer.of(by), digest))
    if writes:
        require(can_write_in_digest(Viewer.of(by), digest, is_public=digest.is_public))
    return digest


def changed(digest: Digest, at: datetime | None = None) -> None:
    """Note that the digest has changed."""
    digest.changed_at = at or timezone.now()
    digest.save(update_fields=["changed_at"])


def language_of(digest: Digest) -> str:
    """Return the language of what the owner wrote, "" where it cannot be told."""
    return guess("\n".join([digest.title, digest.subtitle, digest.description, digest.foreword]))


def show_images(digest: Digest, *, by: User) -> None:
    """Remember which pictures the foreword and the introductions show at present."""
    introductions = digest.chapters.values_list("introduction_html", flat=True)
    replace_images(digest, "\n".join([digest.foreword_html, *introductions]), by=by)
