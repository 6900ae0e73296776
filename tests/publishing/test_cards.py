"""The pictures of shared links."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from pytest_django import Settings

from forum.publishing.cards import SIZE, NoFont, draw_card, fonts, has_font
from forum.publishing.checks import a_typeface_for_cards
from forum.text.card_words import CardWords

LONG = "請問 Python 3.13 的 free-threaded build（無 GIL）在 production 環境真的能用了嗎？——六個月的實測報告，" * 3


@pytest.fixture
def no_font(settings: Settings) -> Iterator[None]:
    """A system without the typeface."""
    found = (fonts._face, fonts.font)
    for one in found:
        one.cache_clear()
    settings.CARD_FONT = "/nowhere/at/all.ttc"
    yield
    for one in found:
        one.cache_clear()


@pytest.mark.parametrize("title", ["橋", "The ferry is late again", LONG, "https://example.org/" + "very" * 40])
def test_a_picture_is_small_and_of_the_size_that_is_asked_for(title: str) -> None:
    drawn = draw_card(CardWords(title, "山城歲月", "不分版", LONG, "山城歲月", "pine"))
    image = Image.open(BytesIO(drawn))
    assert (image.format, image.size) == ("PNG", SIZE)
    assert len(drawn) < 60_000
    frame = image.convert("RGB").crop((1130, 60, 1165, 570))
    assert len(frame.getcolors() or ()) == 1, "nothing is written over the edge"


def test_other_words_are_another_picture() -> None:
    words = CardWords("橋", "石渡")
    assert draw_card(words) == draw_card(words)
    assert draw_card(words) != draw_card(CardWords("船", "石渡"))
    assert words.version != CardWords("橋石", "渡").version


def test_signs_that_the_typeface_lacks_are_passed_over_but_no_letter_is() -> None:
    assert fonts.writable("渡口 🎉 late\u200d again") == "渡口 late again"
    with pytest.raises(NoFont):
        fonts.writable("ཀ་ཁ་ག")
    with pytest.raises(NoFont):
        draw_card(CardWords("🎉", "石渡"))


def test_the_system_of_these_tests_has_the_typeface() -> None:
    assert has_font()
    assert a_typeface_for_cards() == []
    assert fonts.font(20).getname()[0] == "Noto Serif CJK TC"


@pytest.mark.usefixtures("no_font")
def test_a_system_without_the_typeface_is_told_so() -> None:
    assert [warning.id for warning in a_typeface_for_cards()] == ["forum.W001"]
    with pytest.raises(NoFont):
        draw_card(CardWords("橋", "石渡"))
