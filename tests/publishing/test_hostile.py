"""Texts that could keep a whole book from being made: one post must not take the book from everybody else."""

import io
import subprocess
import sys

import pypdfium2
import pytest

from forum.publishing.typeset import make_pdf
from tests.publishing.books import book_of, chapter_of, post_of


def read(data: bytes) -> str:
    """Return all words of a PDF, without spaces and ends of lines."""
    pages = pypdfium2.PdfDocument(io.BytesIO(data))
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)


def test_notes_that_name_each_other_for_ever_stand_in_the_book_whole() -> None:
    chain = "".join(f"\n\n[^{number}]: 註{number}完 [^{number + 1}]" for number in range(1, 800))
    words = read(make_pdf(book_of(chapter_of(1, post_of(1, f"起[^1]{chain}\n\n[^800]: 終")))).data)
    assert [number for number in range(1, 800) if words.count(f"註{number}完") != 1] == []


def test_notes_that_hold_links_and_notes_lose_nothing_at_the_end_of_a_page() -> None:
    notes = "".join(
        f"\n\n[^{at}]: [甲{at}乙](https://a{at}.example/) [^z{at}]\n\n[^z{at}]: 丙{at}丁" for at in range(120)
    )
    marks = "".join(f"[^{at}]" for at in range(120))
    words = read(make_pdf(book_of(chapter_of(1, post_of(1, f"起{marks}{notes}")))).data)
    found = [(f"甲{at}乙" in words, f"https://a{at}.example/" in words, f"丙{at}丁" in words) for at in range(120)]
    assert found == [(True, True, True)] * 120


def test_an_address_that_is_too_long_for_a_link_is_read_all_the_same() -> None:
    address = f"https://example.org/{'a' * 9000}"
    assert "看這裡" in read(make_pdf(book_of(chapter_of(1, post_of(1, f"[看這裡]({address}) {address}")))).data)


@pytest.mark.parametrize("vertical", [False, True])
def test_a_title_with_characters_that_no_typeface_has_is_a_title(vertical: bool) -> None:
    book = book_of(chapter_of(1, post_of(1, "字")), title="橋\ue000\U0001fae9記")
    pdf = make_pdf(book, vertical=vertical)
    assert any("U+E000" in told for told in pdf.missing)
    assert vertical or "U+E000" in read(pdf.data)


def test_a_book_that_takes_all_memory_costs_the_site_nothing() -> None:
    code = (
        "from forum.publishing.typeset import press; press.give_way(); print(open('/proc/self/oom_score_adj').read())"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert int(said) == 1000
