"""Keeping posts in a digest, writing notes to them, taking them out."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forum import events
from forum.actions import counters
from forum.actions.digests.making import create_digest
from forum.actions.digests.own import changed, locked
from forum.models import Digest, DigestEntry, Post, Revision
from forum.permissions.digests import can_keep_post
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require

ENTRIES_MOST = 500  # as many as a book holds that one still reads


@transaction.atomic
def keep_post(post: Post, *, by: User, digest: Digest, note: str = "", at: datetime | None = None) -> DigestEntry:
    """Keep the post at the end of the digest, in its present version, and return the entry.

    A post that is there already keeps its place; its version becomes the present one, and the note
    is replaced when a new one is given. Raises Forbidden, and ValidationError for `digest` when it is full.
    """
    digest = locked(digest, by=by, writes=True)
    post = Post.objects.select_related("thread__city", "thread__board").get(pk=post.pk)
    require(can_keep_post(Viewer.of(by), post))
    note, now = note.strip(), at or timezone.now()
    revision = Revision.objects.get(post=post, number=post.revision_number)
    entry = DigestEntry.objects.filter(digest=digest, post=post).first()
    if entry is None:
        entry = _added(digest, DigestEntry(digest=digest, post=post, revision=revision, note=note, created_at=now))
    else:
        entry.revision, entry.note = revision, note or entry.note
        entry.save(update_fields=["revision", "note"])
    changed(digest, now)
    events.record("digest.added", by=by, post=post, at=now, digest=digest.pk)
    return entry


def _added(digest: Digest, entry: DigestEntry) -> DigestEntry:
    """Store the entry at the end of the digest, in its last chapter if it has any."""
    number = digest.entries.count()
    if number >= ENTRIES_MOST:
        text = _("A digest holds at most %(limit)s texts. Begin another one.")
        raise ValidationError({"digest": text % {"limit": ENTRIES_MOST}})
    entry.position, entry.chapter = number + 1, digest.chapters.last()
    entry.save(force_insert=True)
    counters.entries_changed(digest, change=1)
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
    digest = locked(entry.digest, by=by, writes=True)
    entry.note = note.strip()
    entry.save(update_fields=["note"])
    changed(digest)
    events.record("digest.changed", by=by, digest=digest.pk)
    return entry


@transaction.atomic
def remove_entry(entry: DigestEntry, *, by: User) -> Digest:
    """Take the entry out of its digest and return the digest; a second time changes nothing. Raises Forbidden."""
    digest = locked(entry.digest, by=by)
    present = digest.entries.filter(pk=entry.pk).first()
    if present is not None:
        present.delete()
        digest.entries.filter(position__gt=present.position).update(position=F("position") - 1)
        counters.entries_changed(digest, change=-1)
        changed(digest)
        events.record("digest.removed", by=by, post=entry.post, digest=digest.pk)
    return digest
