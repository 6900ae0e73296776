"""Books as PDF: what is read is what was written, no line begins as none may, every character has a shape."""

import io
import random
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from forum.publishing import typeset
from forum.publishing.book import Book, BookPost, Cancelled, CannotBeMade, Chapter, Picture
from forum.publishing.typeset import Pdf, make_pdf
from tests.publishing.books import book_of, post_of

NEVER_FIRST = set("、。，．；：？！）」』】》〉〕｝”’…‧·～〜％)]}!,.;:?%")
NEVER_LAST = set("（「『【《〈〔｛“‘([{")
FURNITURE = 55  # points at the head and the foot of a page, where the running head and the folio stand
MARGIN = 50  # at the sides of a vertical page, where the running head stands

_HAN = (
    "昨天在港口圖書館讀到城市紀事裡面寫道凡事皆有其時包括散步不可強求我想起那時候有三千多位市民如今只剩下幾個人還每天信"
)
_BETWEEN = [
    *"，。、；：？！，。，。", "「好」", "《城市紀事》", "（散步）", "『是』。",
    "……", "——", "‧", "～", " BBS ", " Stoneferry，", " 1998 年",
    "12 萬", "（2026）。", "：「", "」、", "！」", "“對”", "100%", "B 級",
]  # fmt: skip


def _paragraph(dice: random.Random) -> str:
    parts = []
    for _piece in range(dice.randint(8, 22)):
        parts.append("".join(dice.choices(_HAN, k=dice.randint(1, 9))))
        parts.append(dice.choice(_BETWEEN))
    return "".join(parts) + "完。"


def _long_thread(count: int) -> Book:
    dice = random.Random(11)
    posts = [
        post_of(number, "\n\n".join(_paragraph(dice) for _ in range(dice.randint(1, 3))), listed=f"第 {number} 樓")
        for number in range(1, count + 1)
    ]
    return book_of(Chapter("c1", "", tuple(posts)), title="五百封信")


def _lines(pdf: Pdf) -> list[str]:
    """Return the lines of the type area, page by page; those of a vertical book from the pages as they were set."""
    lines = []
    with pikepdf.open(io.BytesIO(pdf.data)) as bound:
        lying = any(page.get("/Rotate") for page in bound.pages)
        for page in bound.pages:
            page.rotate(0, relative=False)
        flat = io.BytesIO()
        bound.save(flat)
    document = pypdfium2.PdfDocument(flat.getvalue())
    for page in document:
        width, height = page.get_size()
        area = (FURNITURE, 0, width - FURNITURE, height) if lying else (0, FURNITURE, width, height - FURNITURE)
        left, bottom, right, top = area
        if lying:
            bottom, top = bottom + MARGIN, top - MARGIN
        words = page.get_textpage().get_text_bounded(left=left, bottom=bottom, right=right, top=top)
        lines += [line for line in words.splitlines() if line.strip()]
    document.close()
    return lines


def _bare(text: str) -> str:
    return re.sub(r"[\s\u2060\ufffe\u00ad]+", "", text)


def _written(post: BookPost) -> str:
    text = "".join(ElementTree.fromstring(f"<div>{post.html}</div>").itertext())
    first = " · ".join(part for part in (post.when, *post.facts) if part)
    return _bare(post.label + post.author + first + text)


@pytest.fixture(scope="module")
def long_book() -> Book:
    """A thread of 500 posts."""
    return _long_thread(500)


@pytest.fixture(scope="module")
def long_pdf(long_book: Book) -> Pdf:
    """It, set from left to right."""
    return make_pdf(long_book)


@pytest.fixture(scope="module")
def vertical_book() -> Book:
    """A thread of 40 posts."""
    return _long_thread(40)


@pytest.fixture(scope="module")
def vertical_pdf(vertical_book: Book) -> Pdf:
    """It, set from top to bottom."""
    return make_pdf(vertical_book, vertical=True)


def _assert_text_is_whole(book: Book, lines: list[str]) -> None:
    read = _bare("".join(lines))
    start = read.rindex(_written(next(book.posts))[:20])
    for post in book.posts:
        written = _written(post)
        assert read[start : start + len(written)] == written, post.label
        start += len(written)


def _assert_lines_begin_and_end_well(lines: list[str]) -> None:
    assert [line for line in lines if line.lstrip()[0] in NEVER_FIRST] == []
    assert [line for line in lines if line.rstrip()[-1] in NEVER_LAST] == []


def test_long_book_says_what_the_thread_says(long_book: Book, long_pdf: Pdf) -> None:
    _assert_text_is_whole(long_book, _lines(long_pdf))
    assert long_pdf.missing == ()


def test_no_line_of_a_long_book_begins_or_ends_with_a_mark_that_may_not(long_pdf: Pdf) -> None:
    lines = _lines(long_pdf)
    assert len(lines) > 3000
    _assert_lines_begin_and_end_well(lines)


def test_no_line_begins_with_the_mark_of_a_note() -> None:
    dice = random.Random(3)
    marks = "".join("".join(dice.choices(_HAN, k=dice.randint(3, 14))) + f"[^{at}]，" for at in range(1, 60))
    text = marks + "\n\n" + "".join(f"[^{at}]: 註\n" for at in range(1, 60))
    lines = _lines(make_pdf(book_of(Chapter("c1", "", (post_of(1, text),)))))
    assert len([line for line in lines if re.search(r"\d，", line)]) > 12
    assert [line for line in lines if re.match(r"\d+[，。、]", line)] == []


def test_vertical_book_says_the_same_with_the_same_care(vertical_book: Book, vertical_pdf: Pdf) -> None:
    lines = _lines(vertical_pdf)
    _assert_text_is_whole(vertical_book, lines)
    _assert_lines_begin_and_end_well(lines)


HOSTILE = r'"]; #read("/etc/passwd") #import "@preview/x:1.0.0" \#panic() $x$ <label> @ref // */ `raw` {1+1} ~~~'
RICH = f"""# Heading

A line with *Latin stress*, **strong words**, `code` and [a link](https://example.org/far), [again](https://example.org/far),
<https://example.org/shown> and a note[^1]. A word without end: {"abcdefghij" * 400}.

{"> " * 12}deep

- one
  - two

3. three

```
def f(): return "{"x" * 200}"
```

| 年 | 人口 |
|---|---:|
| 1998 | 3,204 |

{HOSTILE}

罕字 \U000323af 與笑臉 \U0001f9d1。{"。" * 300}

![畫](/media/1.png)

[^1]: The note itself.
"""
WIDE = "|" + "a|" * 20 + "\n|" + "-|" * 20 + "\n" + ("|" + "wide|" * 20 + "\n") * 20


def _picture() -> Picture:
    out = io.BytesIO()
    Image.new("RGB", (600, 900), (40, 90, 70)).save(out, "PNG")
    return Picture("1.png", "image/png", out.getvalue(), 600, 900)


@pytest.fixture(scope="module", params=[False, True], ids=["horizontal", "vertical"])
def rich(request: pytest.FixtureRequest) -> tuple[Pdf, str]:
    """A book of everything that can be written, and all that one reads in it."""
    pictures = {"/media/1.png": _picture()}
    posts = (
        post_of(1, RICH, pictures=pictures, title="A title", note_html="<p>按語的話</p>", answers="回應 mei"),
        BookPost("p2", 2, "第 2 樓", tombstone="這篇文章已被隱藏。"),
        post_of(3, WIDE, listed="第 3 樓"),
        post_of(4, "An English paragraph, “quoted”, isn’t it?", language="en"),
    )
    pdf = make_pdf(book_of(Chapter("c1", "第一章", posts, opens_page=True), pictures=pictures), vertical=request.param)
    return pdf, _bare("".join(_lines(pdf)))


def test_everything_that_can_be_written_stands_in_the_book(rich: tuple[Pdf, str]) -> None:
    _pdf, read = rich
    for words in ("Heading", "deep", "three", "x" * 200, "3,204", "按語的話", "這篇文章已被隱藏。"):
        assert words in read
    assert "。" * 300 in read
    assert read.count("abcdefghij") > 390, "but where a page ends"
    assert read.count("wide") >= 20 * 20
    assert "“quoted”,isn’tit?" in read
    assert all(words in read for words in ("Atitle", "回應mei", "推薦3次"))
    assert f"{3:064x}" in read, "the colophon has the hash of each version"


def test_what_people_write_is_never_a_command(rich: tuple[Pdf, str]) -> None:
    assert '"];#read("/etc/passwd")#import"@preview/x:1.0.0"' in rich[1]
    assert "#panic()$x$<label>@ref//*/raw{1+1}~~~" in rich[1]


def test_address_of_a_link_stands_at_the_foot_once(rich: tuple[Pdf, str]) -> None:
    assert rich[1].count("https://example.org/far") == 1
    assert rich[1].count("https://example.org/shown") == 1
    assert rich[1].count("Thenoteitself.") == 1


def test_character_without_a_shape_is_told_and_stands_as_its_code(rich: tuple[Pdf, str]) -> None:
    pdf, read = rich
    assert [told.partition(" ")[0] for told in pdf.missing if told.startswith("U+323AF")] == ["U+323AF"]
    assert all("第 1 樓" in told for told in pdf.missing)
    assert "U+323AF" in read


def test_every_font_is_embedded_and_no_character_is_without_a_shape(rich: tuple[Pdf, str]) -> None:
    with pikepdf.open(io.BytesIO(rich[0].data)) as document:
        fonts = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary) and "/FontName" in thing]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        assert all("+" in str(font.FontName) for font in fonts), "only what is used of each"
        for page in document.pages:
            for operands, operator in pikepdf.parse_content_stream(page, "Tj TJ"):
                for piece in _strings(operands, str(operator)):
                    assert 0 not in {int.from_bytes(piece[at : at + 2]) for at in range(0, len(piece), 2)}


def _strings(operands: object, operator: str) -> Iterator[bytes]:
    for operand in operands if operator == "Tj" else operands[0]:  # type: ignore[attr-defined, index]
        if isinstance(operand, pikepdf.String):
            yield bytes(operand)


def test_long_and_vertical_books_have_tags_too(long_pdf: Pdf, vertical_pdf: Pdf) -> None:
    for pdf in (long_pdf, vertical_pdf):
        with pikepdf.open(io.BytesIO(pdf.data)) as document, document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_book_says_its_title_and_language_and_has_tags_and_bookmarks(rich: tuple[Pdf, str]) -> None:
    with pikepdf.open(io.BytesIO(rich[0].data)) as document:
        assert document.docinfo["/Title"] == "石渡的橋"
        assert str(document.Root.Lang).lower().startswith("zh")
        assert document.Root.MarkInfo.Marked
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        with document.open_outline() as outline:
            assert "第一章" in {item.title for item in outline.root}
            chapter = next(item for item in outline.root if item.title == "第一章")
            assert [_bare(item.title) for item in chapter.children][:2] == ["第1樓蔡渡", "第2樓"]


def test_pages_of_a_vertical_book_stand_up(vertical_pdf: Pdf, long_pdf: Pdf) -> None:
    with pikepdf.open(io.BytesIO(vertical_pdf.data)) as document:
        assert {page.Rotate for page in document.pages} == {90}
    with pikepdf.open(io.BytesIO(long_pdf.data)) as document:
        assert all("/Rotate" not in page for page in document.pages)


def test_same_book_is_the_same_file() -> None:
    book = _long_thread(2)
    assert make_pdf(book).data == make_pdf(book).data


def test_making_a_book_tells_how_far_it_is_and_can_be_cancelled() -> None:
    book, told = _long_thread(3), []

    def ends() -> bool:
        return len(told) == 3

    with pytest.raises(Cancelled):
        make_pdf(book, progress=lambda done, of: told.append((done, of)), cancelled=ends)
    assert told == [(1, 9), (2, 9), (3, 9)]


def test_site_without_chinese_typefaces_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONT_FOLDERS", str(tmp_path))
    with pytest.raises(CannotBeMade, match="fonts-noto-cjk"):
        make_pdf(_long_thread(1))


def test_book_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "PATIENCE", 0.0)
    with pytest.raises(CannotBeMade, match="too much"):
        make_pdf(_long_thread(1))
