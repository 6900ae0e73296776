"""A digest like a book: its pages with headings among the texts, its contents, its chapters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Length
from django.http import Http404

from forum.models import Digest, DigestChapter, DigestEntry
from forum.permissions.posts import can_see_post
from forum.permissions.roles import Viewer
from forum.queries.digests import ShownEntry, entries_of, shown_entry
from forum.queries.paging import numbered

TEXTS_PER_PAGE = 20
ROWS_PER_PAGE = 50  # where they are put in order
TEXTS_PER_PART = 200  # on paper
MOST_RENDERED = 400_000  # characters of former versions, which have to be rendered anew, in one part


@dataclass(frozen=True, slots=True)
class DigestLine:
    """What stands in a digest: the heading of a chapter, or an entry as the viewer may see it. One of them is None."""

    chapter: DigestChapter | None = None
    shown: ShownEntry | None = None


@dataclass(frozen=True, slots=True)
class DigestPage:
    """One page of a digest; `going_on` is the chapter that began on a page before, if one goes on here."""

    page: Page[DigestEntry]
    lines: list[DigestLine]
    chapters: list[DigestChapter]
    going_on: DigestChapter | None = None

    @property
    def pages(self) -> Iterable[int | str]:
        """The numbers of pages to lead to, with gaps where there are many."""
        return self.page.paginator.get_elided_page_range(self.page.number)


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the contents: of a chapter or an entry, on which page it stands and under which anchor.

    `title` is empty for a text the viewer may not read.
    """

    title: str
    page: int
    anchor: str
    is_chapter: bool = False
    author: str = ""
    language: str = ""


def chapters_of(digest: Digest) -> list[DigestChapter]:
    """Return the chapters in their order, each with `texts`, how many entries it has; one query."""
    return list(digest.chapters.annotate(texts=Count("entries")).order_by("position", "pk"))


def get_chapter(viewer: Viewer, slug: str, pk: int) -> DigestChapter:
    """Return a chapter of the viewer's own digest; raise Http404 when it is not there."""
    rows = DigestChapter.objects.select_related("digest__owner").filter(digest__owner=viewer.user, digest__slug=slug)
    chapter = rows.filter(pk=pk).first()
    if chapter is None:
        raise Http404("No such chapter")
    return chapter


def digest_page(
    viewer: Viewer, digest: Digest, number: int, *, size: int = TEXTS_PER_PAGE, with_texts: bool = True
) -> DigestPage:
    """Return one page of the digest with its headings; two queries. Raises Http404 when there is no such page.

    `with_texts`: with the texts themselves, not only what is told of them.
    """
    chapters = chapters_of(digest)
    page = numbered(entries_of(digest), number, size=size, count=digest.entries_count)
    entries = list(page)
    first = size * (number - 1)  # how many entries stand before this page
    starts = starts_of(digest, chapters)
    lines: list[DigestLine] = []
    for place, entry in enumerate(entries, start=first):
        lines += [DigestLine(chapter=one) for one, start in zip(chapters, starts, strict=True) if start == place]
        lines.append(DigestLine(shown=shown_entry(viewer, entry, with_text=with_texts)))
    if not page.has_next():
        end = first + len(entries)
        lines += [DigestLine(chapter=one) for one, start in zip(chapters, starts, strict=True) if start >= end]
    begun = [one for one, start in zip(chapters, starts, strict=True) if start < first]
    is_going_on = bool(begun and entries and entries[0].chapter_id == begun[-1].pk)
    return DigestPage(page, lines, chapters, begun[-1] if is_going_on else None)


def digest_rows(viewer: Viewer, digest: Digest, number: int) -> DigestPage:
    """Return one page of the list in which the owner puts headings and texts in order, as `digest_page`."""
    return digest_page(viewer, digest, number, size=ROWS_PER_PAGE, with_texts=False)


def digest_part(viewer: Viewer, digest: Digest, number: int) -> DigestPage:
    """Return one part of the digest on paper, as `digest_page` with one query more.

    Parts are as short as pages where many long texts would have to be rendered for them.
    """
    former = digest.entries.exclude(revision__number=F("post__revision_number"))
    length = former.aggregate(length=Sum(Length("revision__body")))["length"] or 0
    return digest_page(viewer, digest, number, size=TEXTS_PER_PAGE if length > MOST_RENDERED else TEXTS_PER_PART)


def row_page_of(line: DigestChapter | DigestEntry) -> int:
    """Return the page of that list on which the line stands; one query for a chapter."""
    if isinstance(line, DigestEntry):
        return max(line.position - 1, 0) // ROWS_PER_PAGE + 1
    entries = line.digest.entries.all()
    is_before = Q(chapter__isnull=True) | Q(chapter__position__lt=line.position)
    counted = entries.aggregate(before=Count("pk", filter=is_before), all=Count("pk"))
    return max(min(counted["before"], counted["all"] - 1), 0) // ROWS_PER_PAGE + 1


def starts_of(digest: Digest, chapters: Sequence[DigestChapter]) -> list[int]:
    """Return how many entries stand before each of the chapters (as `chapters_of` returns them)."""
    start = digest.entries_count - sum(chapter.texts for chapter in chapters)  # type: ignore[attr-defined]
    starts = []
    for chapter in chapters:
        starts.append(start)
        start += chapter.texts  # type: ignore[attr-defined]
    return starts


def contents_of(viewer: Viewer, digest: Digest, chapters: Sequence[DigestChapter]) -> list[ContentsLine]:
    """Return the contents of the whole digest, `chapters` as `chapters_of` returns them; one query."""
    large = ("note", "revision__body", "post__body", "post__html", "post__thread__excerpt", "post__thread__alias")
    entries = list(entries_of(digest).defer(*large))
    lines: list[ContentsLine] = []
    waiting = list(zip(chapters, starts_of(digest, chapters), strict=True))
    for place, entry in enumerate(entries):
        while waiting and waiting[0][1] <= place:
            lines.append(_heading(*waiting.pop(0), len(entries)))
        lines.append(_contents_line(viewer, entry, place // TEXTS_PER_PAGE + 1))
    return lines + [_heading(chapter, start, len(entries)) for chapter, start in waiting]


def _heading(chapter: DigestChapter, start: int, total: int) -> ContentsLine:
    place = min(start, max(total - 1, 0))
    return ContentsLine(chapter.title, place // TEXTS_PER_PAGE + 1, f"chapter-{chapter.pk}", is_chapter=True)


def _contents_line(viewer: Viewer, entry: DigestEntry, page: int) -> ContentsLine:
    anchor = f"entry-{entry.pk}"
    if not can_see_post(viewer, entry.post):
        return ContentsLine("", page, anchor)
    title = entry.revision.title or entry.post.thread.title
    return ContentsLine(title, page, anchor, author=entry.post.author.name, language=entry.post.language)
