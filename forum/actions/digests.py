"""Making digests, keeping posts in them, and putting them in order."""

from datetime import datetime
from typing import Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from forum import events
from forum.actions import counters
from forum.models import Digest, DigestEntry, Post, Revision
from forum.permissions.digests import can_create_digest, can_edit_digest, can_keep_post, can_write_in_digest
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


def _locked(digest: Digest, by: User) -> Digest:
    digest = Digest.objects.select_for_update(of=("self",), no_key=True).get(pk=digest.pk)
    require(can_edit_digest(Viewer.of(by), digest))
    return digest


def _changed(digest: Digest, at: datetime | None) -> None:
    digest.changed_at = at or timezone.now()
    digest.save(update_fields=["changed_at"])


@transaction.atomic
def create_digest(
    *, by: User, title: str, description: str = "", is_public: bool = False, at: datetime | None = None
) -> Digest:
    """Make an empty digest and return it. Raises Forbidden, and ValidationError for `title`."""
    require(can_create_digest(Viewer.of(by), is_public=is_public))
    title, now = title.strip(), at or timezone.now()
    if not title:
        raise ValidationError({"title": _("Give the digest a title.")})
    digest = Digest.objects.create(
        owner=by,
        slug=_free_address(by, title),
        title=title,
        description=description.strip(),
        is_public=is_public,
        created_at=now,
        changed_at=now,
    )
    events.record("digest.created", by=by, at=now, digest=digest.pk)
    return digest


@transaction.atomic
def change_digest(digest: Digest, *, by: User, title: str, description: str, is_public: bool) -> Digest:
    """Change what the digest is called and who may read it; its address stays. Return it.

    Raises Forbidden, and ValidationError for `title`.
    """
    digest = _locked(digest, by)
    require(can_write_in_digest(Viewer.of(by), digest, is_public=is_public))
    if not title.strip():
        raise ValidationError({"title": _("Give the digest a title.")})
    digest.title, digest.description, digest.is_public = title.strip(), description.strip(), is_public
    digest.changed_at = timezone.now()
    digest.save(update_fields=["title", "description", "is_public", "changed_at"])
    events.record("digest.changed", by=by, digest=digest.pk)
    return digest


@transaction.atomic
def delete_digest(digest: Digest, *, by: User) -> Digest:
    """Delete the digest with its entries, not the posts, and return what it was. Raises Forbidden."""
    digest = _locked(digest, by)
    events.record("digest.deleted", by=by, digest=digest.pk)
    digest.delete()
    return digest


@transaction.atomic
def keep_post(post: Post, *, by: User, digest: Digest, note: str = "", at: datetime | None = None) -> DigestEntry:
    """Keep the post in the digest, in its present version, and return the entry.

    A post that is there already keeps its place; its version becomes the present one, and the note
    is replaced when a new one is given. Raises Forbidden.
    """
    digest = _locked(digest, by)
    post = Post.objects.select_related("thread__city", "thread__board").get(pk=post.pk)
    require(can_write_in_digest(viewer := Viewer.of(by), digest, is_public=digest.is_public))
    require(can_keep_post(viewer, post))
    note, now = note.strip(), at or timezone.now()
    revision = Revision.objects.get(post=post, number=post.revision_number)
    entry = DigestEntry.objects.filter(digest=digest, post=post).first()
    if entry is None:
        last = digest.entries.aggregate(last=Max("position"))["last"] or 0
        entry = DigestEntry.objects.create(
            digest=digest, post=post, revision=revision, note=note, position=last + 1, created_at=now
        )
        counters.entries_changed(digest, change=1)
    else:
        entry.revision, entry.note = revision, note or entry.note
        entry.save(update_fields=["revision", "note"])
    _changed(digest, now)
    events.record("digest.added", by=by, post=post, at=now, digest=digest.pk)
    return entry


@transaction.atomic
def keep_in_new_digest(post: Post, *, by: User, title: str, is_public: bool = False, note: str = "") -> DigestEntry:
    """Make a digest and keep the post in it; return the entry. Raises Forbidden, and ValidationError for `title`."""
    require(can_keep_post(Viewer.of(by), post))
    digest = create_digest(by=by, title=title, is_public=is_public)
    return keep_post(post, by=by, digest=digest, note=note)


@transaction.atomic
def annotate_entry(entry: DigestEntry, *, by: User, note: str) -> DigestEntry:
    """Give the entry another note, or none, and return it. Raises Forbidden."""
    digest = _locked(entry.digest, by)
    require(can_write_in_digest(Viewer.of(by), digest, is_public=digest.is_public))
    entry.note = note.strip()
    entry.save(update_fields=["note"])
    _changed(digest, None)
    events.record("digest.changed", by=by, digest=digest.pk)
    return entry


@transaction.atomic
def move_entry(entry: DigestEntry, *, by: User, direction: Literal["up", "down"]) -> DigestEntry:
    """Move the entry one place up or down and return it with its place; at the ends nothing moves. Raises Forbidden."""
    digest = _locked(entry.digest, by)
    entries = list(digest.entries.all())
    place = [other.pk for other in entries].index(entry.pk)
    target = place - 1 if direction == "up" else place + 1
    if 0 <= target < len(entries):
        entries[place], entries[target] = entries[target], entries[place]
    else:
        target = place
    for position, other in enumerate(entries, start=1):
        other.position = position
    DigestEntry.objects.bulk_update(entries, ["position"])
    _changed(digest, None)
    events.record("digest.changed", by=by, digest=digest.pk)
    return entries[target]


@transaction.atomic
def remove_entry(entry: DigestEntry, *, by: User) -> Digest:
    """Take the entry out of its digest and return the digest; a second time changes nothing. Raises Forbidden."""
    digest = _locked(entry.digest, by)
    deleted, _rows = DigestEntry.objects.filter(pk=entry.pk).delete()
    if deleted:
        counters.entries_changed(digest, change=-1)
        _changed(digest, None)
        events.record("digest.removed", by=by, post=entry.post, digest=digest.pk)
    return digest
