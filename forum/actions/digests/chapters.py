"""The chapters of a digest: beginning one, changing its heading and introduction, taking the heading away."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forum import events
from forum.actions.digests.ordering import lines_of, store_order
from forum.actions.digests.own import changed, locked, show_images
from forum.actions.texts import cleaned, rendered
from forum.models import Digest, DigestChapter, DigestEntry

CHAPTERS_MOST = 100


def _word(chapter: DigestChapter, *, title: str, introduction: str) -> None:
    """Give the chapter its words. Raises ValidationError for `title`."""
    if not title.strip():
        raise ValidationError({"title": _("Give the chapter a heading.")})
    text = rendered(cleaned(introduction))
    chapter.title, chapter.introduction = title.strip(), text["body"]
    chapter.introduction_html, chapter.renderer_version = text["html"], text["renderer_version"]


@transaction.atomic
def add_chapter(
    digest: Digest,
    *,
    by: User,
    title: str,
    introduction: str = "",
    before: DigestEntry | None = None,
    at: datetime | None = None,
) -> DigestChapter:
    """Begin a chapter with the entry `before`, or an empty one at the end, and return it.

    Raises Forbidden, and ValidationError for `title`, also when there are too many.
    """
    digest = locked(digest, by=by, writes=True)
    number = digest.chapters.count()
    if number >= CHAPTERS_MOST:
        text = _("A digest has at most %(limit)s chapters.")
        raise ValidationError({"title": text % {"limit": CHAPTERS_MOST}})
    lines = lines_of(digest)
    chapter = DigestChapter(digest=digest, position=number + 1, created_at=at or timezone.now())
    _word(chapter, title=title, introduction=introduction)
    chapter.save(force_insert=True)
    lines.insert(lines.index(before) if before in lines else len(lines), chapter)
    store_order(lines)
    show_images(digest, by=by)
    changed(digest, at)
    events.record("digest.changed", by=by, at=at, digest=digest.pk)
    return chapter


@transaction.atomic
def change_chapter(chapter: DigestChapter, *, by: User, title: str, introduction: str) -> DigestChapter:
    """Change heading and introduction of the chapter and return it. Raises Forbidden, ValidationError for `title`."""
    digest = locked(chapter.digest, by=by, writes=True)
    _word(chapter, title=title, introduction=introduction)
    chapter.save(update_fields=["title", "introduction", "introduction_html", "renderer_version"])
    show_images(digest, by=by)
    changed(digest)
    events.record("digest.changed", by=by, digest=digest.pk)
    return chapter


@transaction.atomic
def remove_chapter(chapter: DigestChapter, *, by: User) -> Digest:
    """Take heading and introduction away and return the digest; the entries stay where they are. Raises Forbidden.

    They then belong to the chapter before. A second time changes nothing.
    """
    digest = locked(chapter.digest, by=by)
    lines = lines_of(digest)
    if chapter in lines:
        lines.remove(chapter)
        store_order(lines)
        DigestChapter.objects.filter(pk=chapter.pk).delete()
        show_images(digest, by=by)
        changed(digest)
        events.record("digest.changed", by=by, digest=digest.pk)
    return digest
