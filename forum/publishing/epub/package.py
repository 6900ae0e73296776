"""What holds an EPUB together: the list of its files, the order of reading, contents, and what it says of itself."""

from collections.abc import Iterator
from datetime import UTC
from html import escape

from django.utils.translation import gettext as _

from forum.publishing.book import Book, Chapter
from forum.publishing.epub.pages import page

PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{metadata}
</metadata>
<manifest>
{manifest}
</manifest>
<spine{direction}>
{spine}
</spine>
</package>
"""


def package(book: Book, *, vertical: bool) -> str:
    """Return the package document."""
    names = list(_pages(book))
    items = ['<item id="cover" href="cover.svg" media-type="image/svg+xml" properties="cover-image"/>']
    items.append('<item id="style" href="style.css" media-type="text/css"/>')
    for name in names:
        nav = ' properties="nav"' if name == "nav" else ""
        items.append(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"{nav}/>')
    for number, picture in enumerate(book.pictures.values(), 1):
        items.append(f'<item id="i{number}" href="images/{picture.name}" media-type="{picture.media_type}"/>')
    return PACKAGE.format(
        language=book.language,
        metadata="\n".join(_metadata(book)),
        manifest="\n".join(items),
        spine="\n".join(f'<itemref idref="{name}"/>' for name in names),
        direction=' page-progression-direction="rtl"' if vertical else ' page-progression-direction="ltr"',
    )


def _pages(book: Book) -> Iterator[str]:
    yield from ("title", "nav")
    if book.foreword_html:
        yield "foreword"
    yield from (chapter.anchor for chapter in book.chapters)
    yield "colophon"


def _metadata(book: Book) -> Iterator[str]:
    yield f'<dc:identifier id="book">{escape(book.identifier)}</dc:identifier>'
    yield f"<dc:title>{escape(book.title)}</dc:title>"
    yield f"<dc:language>{escape(book.language)}</dc:language>"
    yield f"<dc:creator>{escape(book.author)}</dc:creator>"
    yield f"<dc:publisher>{escape(book.site)}</dc:publisher>"
    yield f"<dc:source>{escape(book.address)}</dc:source>"
    yield f"<dc:date>{book.made_at.astimezone(UTC).date().isoformat()}</dc:date>"
    modified = book.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    yield f'<meta property="dcterms:modified">{modified}</meta>'
    yield from (f'<meta property="schema:{name}">{escape(value)}</meta>' for name, value in _access(book))


def _access(book: Book) -> Iterator[tuple[str, str]]:
    """Yield what schema.org calls the accessibility of a book."""
    yield "accessMode", "textual"
    if book.pictures:
        yield "accessMode", "visual"
    yield "accessModeSufficient", "textual"
    yield from (("accessibilityFeature", name) for name in ("structuralNavigation", "tableOfContents", "readingOrder"))
    yield from (("accessibilityFeature", name) for name in ("displayTransformability", "alternativeText"))
    yield "accessibilityHazard", "none"
    with_pictures = _("All texts, with headings and contents; pictures have the descriptions that people gave them.")
    yield "accessibilitySummary", with_pictures if book.pictures else _("All texts, with headings and contents.")


def contents(book: Book) -> str:
    """Return the navigation document, which is the page of contents as well."""
    words = book.words
    places = "".join(
        f'<li><a epub:type="{kind}" href="{href}">{escape(word)}</a></li>\n' for kind, href, word in _marks(book)
    )
    body = (
        f'<nav epub:type="toc" role="doc-toc" id="toc">\n<h1>{escape(words.contents)}</h1>\n'
        f"<ol>\n{''.join(_lines(book))}</ol>\n</nav>\n"
        f'<nav epub:type="landmarks" hidden="hidden">\n<ol>\n{places}</ol>\n</nav>'
    )
    return page(book, words.contents, body, kind="frontmatter")


def _marks(book: Book) -> Iterator[tuple[str, str, str]]:
    yield "titlepage", "title.xhtml", book.title
    yield "toc", "nav.xhtml", book.words.contents
    if book.foreword_html:
        yield "foreword", "foreword.xhtml", book.words.foreword
    if book.chapters:
        yield "bodymatter", f"{book.chapters[0].anchor}.xhtml", book.chapters[0].title or book.title
    yield "colophon", "colophon.xhtml", book.words.colophon


def _lines(book: Book) -> Iterator[str]:
    if book.foreword_html:
        yield _line("foreword.xhtml", book.words.foreword)
    for chapter in book.chapters:
        below = "".join(_listed(chapter))
        if chapter.title:
            yield _line(f"{chapter.anchor}.xhtml", chapter.title, below)
        elif chapter.opens_page:  # what stands before the first chapter of a digest
            yield below
        else:
            yield _line(f"{chapter.anchor}.xhtml", book.title, below)
    yield _line("colophon.xhtml", book.words.colophon)


def _listed(chapter: Chapter) -> Iterator[str]:
    for post in chapter.posts:
        if post.listed:
            yield _line(f"{chapter.anchor}.xhtml#{post.anchor}", post.listed)


def _line(href: str, words: str, below: str = "") -> str:
    inside = f"\n<ol>\n{below}</ol>" if below else ""
    return f'<li><a href="{href}">{escape(words)}</a>{inside}</li>\n'
