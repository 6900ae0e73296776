"""The order of a digest by hand: of headings and entries, each of which belongs to the heading before it."""

from collections.abc import Sequence
from typing import Literal

from django.db import transaction

from accounts.models import User
from forum import events
from forum.actions.digests.own import changed, locked
from forum.models import Digest, DigestChapter, DigestEntry

Line = DigestChapter | DigestEntry


def lines_of(digest: Digest) -> list[Line]:
    """Return the headings and entries of the digest in the order of reading. To be asked under its lock."""
    by_chapter: dict[int | None, list[Line]] = {}
    for entry in digest.entries.order_by("position", "pk"):
        by_chapter.setdefault(entry.chapter_id, []).append(entry)
    lines = by_chapter.get(None, [])
    for chapter in digest.chapters.order_by("position", "pk"):
        lines += [chapter, *by_chapter.get(chapter.pk, [])]
    return lines


def key_of(line: Line) -> str:
    """Return the name by which a page speaks of the line: c7 is a chapter, e7 an entry."""
    return f"{'c' if isinstance(line, DigestChapter) else 'e'}{line.pk}"


def arranged(lines: Sequence[Line], order: Sequence[str]) -> list[Line]:
    """Return the lines with those that `order` names in its order, at the places that these had among all.

    So who ordered one page of a digest moves nothing on the others, and what has gone or come since keeps nobody.
    """
    named = {key_of(line): line for line in lines}
    wanted = [named[key] for key in dict.fromkeys(order) if key in named]
    moving, rest = {key_of(line) for line in wanted}, iter(wanted)
    return [next(rest) if key_of(line) in moving else line for line in lines]


def store_order(lines: Sequence[Line]) -> None:
    """Number headings and entries as they stand, and give each entry its chapter; only what differs is written."""
    chapter: DigestChapter | None = None
    chapters, entries = [], []
    place = {"c": 0, "e": 0}
    for line in lines:
        kind = key_of(line)[0]
        place[kind] += 1
        if isinstance(line, DigestChapter):
            chapter = line
            if line.position != place[kind]:
                line.position = place[kind]
                chapters.append(line)
        elif (line.position, line.chapter_id) != (place[kind], chapter and chapter.pk):
            line.position, line.chapter = place[kind], chapter
            entries.append(line)
    DigestChapter.objects.bulk_update(chapters, ["position"])
    DigestEntry.objects.bulk_update(entries, ["position", "chapter"])


def _stored(digest: Digest, lines: Sequence[Line], by: User) -> None:
    store_order(lines)
    changed(digest)
    events.record("digest.changed", by=by, digest=digest.pk)


@transaction.atomic
def arrange_digest(digest: Digest, *, by: User, order: Sequence[str]) -> Digest:
    """Put headings (c7) and entries (e7) into this order and return the digest; what it does not name stays.

    Raises Forbidden.
    """
    digest = locked(digest, by=by)
    _stored(digest, arranged(lines_of(digest), order), by)
    return digest


@transaction.atomic
def move_entry(entry: DigestEntry, *, by: User, direction: Literal["up", "down"]) -> DigestEntry:
    """Move the entry one place up or down and return it with its place; past a heading it changes its chapter.

    At the ends nothing moves, nor does what has gone meanwhile. Raises Forbidden.
    """
    digest = locked(entry.digest, by=by)
    lines = lines_of(digest)
    if entry not in lines:
        return entry
    place = lines.index(entry)
    target = place - 1 if direction == "up" else place + 1
    if 0 <= target < len(lines):
        lines[place], lines[target] = lines[target], lines[place]
    _stored(digest, lines, by)
    return DigestEntry.objects.select_related("chapter").get(pk=entry.pk)


@transaction.atomic
def place_entry(entry: DigestEntry, *, by: User, chapter: DigestChapter | None) -> DigestEntry:
    """Put the entry at the end of a chapter of its digest (None: before the first one), and return it.

    One that stands there already keeps its place. Raises Forbidden.
    """
    digest = locked(entry.digest, by=by)
    lines = lines_of(digest)
    found = next((line for line in lines if line == entry), None)
    is_there = chapter is None or chapter in lines
    if isinstance(found, DigestEntry) and is_there and found.chapter_id != (chapter and chapter.pk):
        lines.remove(found)
        place = lines.index(chapter) + 1 if chapter else 0
        while place < len(lines) and isinstance(lines[place], DigestEntry):
            place += 1
        lines.insert(place, found)
        _stored(digest, lines, by)
        return found
    return entry


@transaction.atomic
def move_chapter(chapter: DigestChapter, *, by: User, direction: Literal["up", "down"]) -> DigestChapter:
    """Move the chapter with its entries before the one above or behind the one below, and return it.

    At the ends nothing moves, nor does what has gone meanwhile. Raises Forbidden.
    """
    digest = locked(chapter.digest, by=by)
    lines = lines_of(digest)
    if chapter not in lines:
        return chapter
    starts = [place for place, line in enumerate(lines) if isinstance(line, DigestChapter)]
    blocks = [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    place = next(number for number, block in enumerate(blocks) if block[0] == chapter)
    target = place - 1 if direction == "up" else place + 1
    if 0 <= target < len(blocks):
        blocks[place], blocks[target] = blocks[target], blocks[place]
    _stored(digest, [*lines[: starts[0]], *(line for block in blocks for line in block)], by)
    return DigestChapter.objects.get(pk=chapter.pk)
