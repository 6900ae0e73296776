"""A book as EPUB 3.3: title page, contents, foreword, chapters and colophon, in one file."""

import io
import zipfile
from collections.abc import Callable, Iterator
from importlib.resources import files

from forum.publishing.book import Book, Cancelled
from forum.publishing.epub import cover, package, pages
from forum.publishing.epub.links import Places
from forum.text.vertical import upright

__all__ = ["make_epub"]

CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def make_epub(
    book: Book,
    *,
    vertical: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> bytes:
    """Return the book as EPUB; `vertical` sets it in columns from right to left.

    Asks before each chapter whether it is still wanted, and raises Cancelled when it is not.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and not packed, so that anybody can tell by the first bytes what the file is.
        _add(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        _add(archive, "META-INF/container.xml", CONTAINER.encode())
        _add(archive, "EPUB/package.opf", package.package(book, vertical=vertical).encode())
        nav = package.contents(book)
        _add(archive, "EPUB/nav.xhtml", (_upright(nav) if vertical else nav).encode())
        _add(archive, "EPUB/cover.svg", cover.cover(book).encode())
        _add(archive, "EPUB/style.css", _style(vertical=vertical))
        for picture in book.pictures.values():
            _add(archive, f"EPUB/images/{picture.name}", picture.data, zipfile.ZIP_STORED)
        total = len(book.chapters)
        for number, (name, page) in enumerate(_pages(book)):
            if cancelled():
                raise Cancelled
            _add(archive, f"EPUB/{name}", (_upright(page) if vertical else page).encode())
            progress(min(number, total), total)
    return file.getvalue()


def _pages(book: Book) -> Iterator[tuple[str, str]]:
    places = Places(book)
    yield "title.xhtml", pages.title_page(book)
    if book.foreword_html:
        yield "foreword.xhtml", pages.foreword(book, places)
    for chapter in book.chapters:
        yield f"{chapter.anchor}.xhtml", pages.chapter_page(book, chapter, places)
    yield "colophon.xhtml", pages.colophon(book)


def _upright(page: str) -> str:
    head, body, rest = page.partition("<body")
    return head + body + upright(rest)


def _style(*, vertical: bool) -> bytes:
    folder = files("forum.publishing.epub")
    sheets = ["style.css", *(["vertical.css"] if vertical else [])]
    return b"\n".join(folder.joinpath(name).read_bytes() for name in sheets)


def _add(archive: zipfile.ZipFile, name: str, data: bytes, packing: int = zipfile.ZIP_DEFLATED) -> None:
    # With the same moment always: the same book is the same file.
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data, packing)
