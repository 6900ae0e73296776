"""Our HTML as XML: well-formed whatever people write, with whole links and pictures at hand."""

import html as entities
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forum.text.markdown import render
from forum.text.xhtml import as_paragraphs, as_xhtml, plain_words, sound_address

HOME = "https://example.org/t/1/"
PICTURE = "/media/images/0123456789abcdef0123456789abcdef-10x20.png"


def made(source: str, **options: object) -> str:
    return as_xhtml(render(source, prefix="p1-"), anchor="p1", address=HOME, **options)  # type: ignore[arg-type]


def test_empty_elements_are_closed_and_entities_are_characters() -> None:
    assert made("a\nb &copy; &nbsp;c\n\n***") == "<p>a<br/>\nb © \xa0c</p>\n<hr/>\n"


def test_links_become_whole_and_what_leads_nowhere_becomes_words() -> None:
    assert 'href="https://example.org/p/7/"' in made("[here](/p/7/)")
    assert 'href="https://example.org/t/1/#p3"' in made("[here](#p3)")
    assert made("[here](https://[)") == "<p>here</p>\n"


def test_notes_have_ids_that_begin_with_their_post() -> None:
    html = made("one[^a] two[^b]\n\n[^a]: A\n[^b]: B")
    assert 'id="p1-1"' in html and 'href="#p1-3"' in html and "fn" not in html.replace("footnote", "")


def test_only_pictures_at_hand_are_shown() -> None:
    source = f"![A plank]({PICTURE}) ![far](https://e.org/a.png)"
    assert made(source, pictures={PICTURE}).startswith(
        f'<p><img src="{PICTURE}" alt="A plank"/> <a href="https://e.org/a.png">'
    )
    assert "<img" not in made(source)


def test_cells_keep_their_side() -> None:
    assert '<td class="right">2</td>' in made("| a | b |\n|---|--:|\n| 1 | 2 |")


@given(st.text(max_size=200))
def test_whatever_people_write_is_well_formed_and_keeps_its_words(source: str) -> None:
    html = render(source, prefix="p1-")
    root = ET.fromstring(f"<div>{as_xhtml(html, anchor='p1', address=HOME)}</div>")
    assume("<img" not in html)
    words = entities.unescape(re.sub(r"<[^>]*>", "", html))
    assert "".join(root.itertext()) == plain_words(words).replace("\r", "\n")


@given(st.text(max_size=60))
def test_addresses_are_sound_or_none(address: str) -> None:
    found = sound_address(f"https://{address}")
    assert found == "" or (found.isascii() and " " not in found)


@pytest.mark.parametrize(
    ("address", "sound"),
    [
        ("https://中文.tw/路?查=詢", "https://xn--fiq228c.tw/%E8%B7%AF?%E6%9F%A5=%E8%A9%A2"),
        ("https://user:secret@a.org/", "https://a.org/"),
        ("https://a.org/%zz", "https://a.org/%25zz"),
        ("mailto:mei@example.org", "mailto:mei@example.org"),
        ("mailto:", ""),
        ("ftp://a.org/", ""),
        ("https://a..org/", ""),
    ],
)
def test_an_address_as_every_reader_takes_it(address: str, sound: str) -> None:
    assert sound_address(address) == sound


def test_plain_text_becomes_paragraphs() -> None:
    assert as_paragraphs("a <b>\nc\n\n\x00d") == "<p>a &lt;b&gt;<br/>c</p><p>d</p>"
