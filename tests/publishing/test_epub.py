"""EPUB: what is in the file, in which order, and how its parts lead to each other."""

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest

from forum.publishing.book import Cancelled
from forum.publishing.epub import make_epub
from forum.publishing.epub.cover import cover
from tests.publishing.books import book_of, chapter_of, hostile_book, post_of

XHTML, OPF = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/opf}"
TYPE = "{http://www.idpf.org/2007/ops}type"


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def page(archive: zipfile.ZipFile, name: str) -> ET.Element:
    return ET.fromstring(archive.read(f"EPUB/{name}"))


def test_its_first_bytes_say_what_it_is() -> None:
    data = make_epub(book_of(chapter_of(1, post_of(1, "橋"))))
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    assert data == make_epub(book_of(chapter_of(1, post_of(1, "橋"))))  # the same book is the same file


def test_every_text_is_in_its_chapter() -> None:
    posts = [post_of(number, f"三塊板的橋，第 {number} 塊。") for number in range(1, 41)]
    archive = opened(make_epub(book_of(chapter_of(1, *posts[:20]), chapter_of(21, *posts[20:]))))
    second = "".join(page(archive, "c21.xhtml").itertext())
    assert [f"第 {number} 塊。" in second for number in range(1, 41)] == [False] * 20 + [True] * 20
    spine = page(archive, "package.opf").findall(f".//{OPF}itemref")
    names = ["title", "nav", "foreword", "c1", "c21", "colophon"]
    assert [one.get("idref") for one in spine] == names


def test_the_contents_name_chapters_and_titled_posts() -> None:
    texts = chapter_of(1, post_of(1, "a", listed="渡口"), post_of(2, "b"), title="第一章", opens_page=True)
    nav = page(opened(make_epub(book_of(texts))), "nav.xhtml")
    links = [(link.get("href"), link.text) for link in nav.findall(f".//{XHTML}nav[@id='toc']//{XHTML}a")]
    assert ("c1.xhtml", "第一章") in links and ("c1.xhtml#p1", "渡口") in links
    assert all(href != "c1.xhtml#p2" for href, _text in links)


def test_links_to_what_is_in_the_book_stay_in_it() -> None:
    text = "[up](#p1) [by page](/t/1/?page=1#p1) [post](/p/101/) [out](https://example.org/t/2/)"
    archive = opened(make_epub(book_of(chapter_of(1, post_of(1, "a")), chapter_of(2, post_of(2, text)))))
    links = [link.get("href") for link in page(archive, "c2.xhtml").iter(f"{XHTML}a")]
    assert links == [*["c1.xhtml#p1"] * 3, "https://example.org/t/2/"]


def test_notes_are_marked_as_such() -> None:
    chapter = page(opened(make_epub(book_of(chapter_of(1, post_of(1, "a[^1]\n\n[^1]: note"))))), "c1.xhtml")
    kinds = [one.get(TYPE) for one in chapter.iter() if one.get(TYPE)]
    assert kinds == ["bodymatter", "chapter", "noteref", "footnotes", "footnote"]


def test_a_tombstone_tells_nothing_of_the_post() -> None:
    gone = post_of(2, "secret", tombstone="第 2 樓已隱藏。", author="", facts=(), when="")
    text = "".join(page(opened(make_epub(book_of(chapter_of(1, gone)))), "c1.xhtml").itertext())
    assert "第 2 樓已隱藏。" in text and "secret" not in text


def test_every_page_is_well_formed_whatever_people_write() -> None:
    archive = opened(make_epub(hostile_book(), vertical=True))
    for name in archive.namelist():
        if name.endswith((".xhtml", ".opf", ".svg", ".xml")):
            ET.fromstring(archive.read(name))


def test_columns_run_from_right_to_left() -> None:
    book = book_of(chapter_of(1, post_of(1, "橋")))
    lines, columns = opened(make_epub(book)), opened(make_epub(book, vertical=True))
    assert page(lines, "package.opf").find(f"{OPF}spine").get("page-progression-direction") == "ltr"  # type: ignore[union-attr]
    assert page(columns, "package.opf").find(f"{OPF}spine").get("page-progression-direction") == "rtl"  # type: ignore[union-attr]
    assert b"vertical-rl" in columns.read("EPUB/style.css") and b"vertical-rl" not in lines.read("EPUB/style.css")


def test_short_numbers_stand_upright_in_columns() -> None:
    chapter = page(opened(make_epub(book_of(chapter_of(1, post_of(12, "橋長 30 步。"))), vertical=True)), "c1.xhtml")
    assert [one.text for one in chapter.iter(f"{XHTML}span") if one.get("class") == "combined"].count("30") == 1


def test_the_colophon_has_the_hash_of_each_text() -> None:
    text = "".join(page(opened(make_epub(book_of(chapter_of(1, post_of(7, "橋"))))), "colophon.xhtml").itertext())
    assert f"第 7 樓 · 1 · {7:064x}" in text


def test_it_says_how_far_it_is_and_stops_when_nobody_wants_it() -> None:
    book = book_of(*(chapter_of(number, post_of(number, "橋")) for number in range(1, 5)))
    told: list[tuple[int, int]] = []
    make_epub(book, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (4, 4) and told == sorted(told)
    with pytest.raises(Cancelled):
        make_epub(book, cancelled=lambda: True)


@pytest.mark.parametrize("title", ["橋", "The bridge", "很長的題目" * 30, "word" * 60, " ".join(["bridge"] * 40), ""])
def test_a_cover_holds_any_title(title: str) -> None:
    drawn = ET.fromstring(cover(book_of(title=title)))
    places = [float(one.get("y", 0)) for one in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert max(places) < 1800
