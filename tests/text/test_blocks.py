"""Each block of a text is marked with its language where that is another than the text's."""

import pytest

from forum.text.languages import CHOICES, chosen, guess, guess_block
from forum.text.markdown import render
from forum.text.pictures import names_in, size_in, undescribed
from tests.text.html import attributes

NAME = "326eb8c4fb25813b346dba4d8a77260e-1200x800.jpg"
CHINESE, ENGLISH = "三塊板的橋橫在河上，走過的人都記得。", "Three planks cross the river, and all who crossed it know."


def test_a_text_in_one_language_bears_no_marks() -> None:
    assert "lang=" not in render(f"# {CHINESE}\n\n{CHINESE}\n\n- {CHINESE}\n\n> {CHINESE}")
    assert "lang=" not in render(f"# {ENGLISH}\n\n{ENGLISH}\n\n- {ENGLISH}\n\n> {ENGLISH}")


def test_english_among_chinese_and_chinese_among_english_are_marked() -> None:
    assert render(f"{CHINESE}\n\n{CHINESE}\n\n{ENGLISH}") == (
        f'<p>{CHINESE}</p>\n<p>{CHINESE}</p>\n<p lang="en">{ENGLISH}</p>\n'
    )
    assert render(f"{ENGLISH}\n\n{ENGLISH}\n\n{CHINESE}") == (
        f'<p>{ENGLISH}</p>\n<p>{ENGLISH}</p>\n<p lang="zh-Hant">{CHINESE}</p>\n'
    )


def test_headings_items_quotations_and_cells_are_marked() -> None:
    source = (
        f"# {CHINESE}\n\n{ENGLISH}\n{ENGLISH}\n{ENGLISH}\n\n- {CHINESE}\n- {ENGLISH}\n\n"
        f"> {CHINESE}\n\n| 橋 | bridge |\n|--|--|\n| 河流 | river |\n"
    )
    assert guess(source) == "en"
    html = render(source)
    marked = [f'<{tag} lang="zh-Hant">' for tag in ("h3", "li", "p", "th", "td")]
    assert [mark for mark in marked if mark not in html] == []
    assert 'lang="en"' not in html


def test_within_an_item_of_another_language_the_first_is_marked_again() -> None:
    html = render(f"{CHINESE}\n{CHINESE}\n{CHINESE}\n\n- {ENGLISH}\n  - {CHINESE}\n")
    assert f'<li lang="en">{ENGLISH}\n<ul>\n<li lang="zh-Hant">{CHINESE}</li>' in html


@pytest.mark.parametrize(
    "line",
    ["Emily Dickinson", "The Guardian", "https://example.org/the/of/and/in", "`for i in range(10): the(a)`", "1, 2, 3"],
)
def test_a_name_an_address_and_code_are_left_alone(line: str) -> None:
    assert "lang=" not in render(f"{CHINESE}\n\n{line}\n\n{CHINESE}")


@pytest.mark.parametrize(
    "line", ["Les sanglots longs des violons de l'automne", "Über allen Gipfeln ist Ruh", "日本語の本です"]
)
def test_what_cannot_be_told_is_left_alone(line: str) -> None:
    assert guess_block(line, "zh-Hant") == ""


def test_the_language_that_was_chosen_decides_what_differs() -> None:
    assert "lang=" not in render("漢字。\n\n仮名", lang="ja")
    assert "lang=" not in render("这是简体字写的一段话。", lang="zh-Hans")
    assert f'<p lang="zh-Hant">{CHINESE}</p>' in render(f"Voici un pont.\n\n{CHINESE}", lang="fr")
    assert f'<p lang="en">{ENGLISH}</p>' in render(f"橋です。\n\n{ENGLISH}", lang="ja")


def test_what_would_be_guessed_anyway_was_not_chosen() -> None:
    assert chosen("zh-Hant", CHINESE) == ""
    assert chosen("ja", CHINESE) == "ja"
    assert set(CHOICES) >= {"zh-Hant", "en"}


def test_nobody_can_mark_a_block_by_typing_html() -> None:
    html = render('<p lang="xx">Hello</p>\n\n<img src="x" width="1">')
    assert "<p lang" not in html
    assert "<img" not in html


def test_a_picture_of_ours_says_how_large_it_is() -> None:
    html = render(f"![A plank](/media/images/{NAME})")
    assert {"src": f"/media/images/{NAME}", "alt": "A plank", "width": "1200", "height": "800"}.items() <= (
        attributes(html, "img").items()
    )
    assert "width" not in render("![A plank](https://example.org/media/images/{NAME})")
    assert "width" not in render(f"![A plank](/media/images/x{NAME})")
    assert size_in(f"/media/images/{NAME}") == ("1200", "800")


def test_pictures_of_ours_are_found_and_those_without_words_counted() -> None:
    html = render(
        f'![](/media/images/{NAME}) ![ ](/media/images/{NAME} "1") ![x](https://e.org/{NAME}) ![](/media/x.png)'
    )
    assert names_in(html) == {NAME}
    assert undescribed(html) == 2
    assert names_in(render(f"`/media/images/{NAME}` [x](/media/images/{NAME})")) == set()
