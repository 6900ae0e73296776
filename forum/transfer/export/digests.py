"""A person's digests as Markdown files: the texts as they kept them, with notes, forewords and chapters."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from forum.models import Digest, DigestChapter
from forum.queries.exports import KeptText, kept_texts, own_digests
from forum.transfer.export.posts import beside_pictures, front_matter


def files(person: User, address: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield name and text of the file of each digest; three queries. A digest is the largest thing held at a time."""
    groups = groupby(kept_texts(person), key=lambda kept: kept.entry.digest_id)
    waiting = next(groups, None)
    for digest in own_digests(person):
        facts = {
            "title": digest.title,
            "subtitle": digest.subtitle,
            "dedication": digest.dedication,
            "description": digest.description,
            "public": digest.is_public,
            "made": digest.created_at.isoformat(),
            "changed": digest.changed_at.isoformat(),
            "address": address(reverse("digest", args=[person.username, digest.slug])),
        }
        kept: list[KeptText] = []
        if waiting and waiting[0] == digest.pk:
            kept = list(waiting[1])
            waiting = next(groups, None)
        pieces = [front_matter(facts), *_opening(digest), *_texts(digest, kept, address)]
        yield f"digests/{digest.slug}.md", "\n".join(pieces)


def _opening(digest: Digest) -> Iterator[str]:
    yield f"# {digest.title}\n"
    if digest.foreword:
        yield "## " + pgettext("of a digest", "Foreword") + "\n"
        yield beside_pictures(digest.foreword) + "\n"


def _texts(digest: Digest, kept: Iterable[KeptText], address: Callable[[str], str]) -> Iterator[str]:
    """Yield the entries, and before the first of each chapter its heading; a chapter may be empty."""
    by_chapter: dict[int | None, list[KeptText]] = {}
    for one in kept:
        by_chapter.setdefault(one.entry.chapter_id, []).append(one)
    yield from (entry_text(one, address) for one in by_chapter.get(None, []))
    for chapter in digest.chapters.all():
        yield _heading(chapter)
        yield from (entry_text(one, address, level="###") for one in by_chapter.get(chapter.pk, []))


def _heading(chapter: DigestChapter) -> str:
    introduction = beside_pictures(chapter.introduction)
    return f"## {chapter.title}\n" + (f"\n{introduction}\n" if introduction else "")


def entry_text(kept: KeptText, address: Callable[[str], str], *, level: str = "##") -> str:
    """Return an entry as Markdown: heading, where it is from, the note, and the text while it may be read."""
    entry = kept.entry
    note = "".join(f"> {line}\n" for line in entry.note.splitlines())
    if not kept.is_readable:
        return "\n".join(piece for piece in (f"{level} " + _("A text you cannot read now") + "\n", note) if piece)
    post, revision = entry.post, entry.revision
    values = {"name": post.author.name, "number": post.number, "version": revision.number}
    origin = _("By %(name)s, post %(number)s, version %(version)s") % values
    origin = f"{origin}: <{address(reverse('post', args=[post.pk]))}>\n"
    heading = f"{level} {revision.title or post.thread.title}\n"
    return "\n".join(piece for piece in (heading, origin, note, revision.body + "\n") if piece)
