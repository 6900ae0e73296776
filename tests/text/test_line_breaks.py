"""Lines of a title in Chinese and English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.text.line_breaks import NEVER_FIRST, NEVER_LAST, even_lines, units_of

TITLE = "大家好，初次見面：談談《紅樓夢》「石頭記」的版本問題，以及脂硯齋（Zhiyanzhai）到底是誰？"


def wide(text: str) -> float:
    """Return the width of a text whose Han characters are two wide."""
    return sum(1 if character.isascii() else 2 for character in text)


def test_marks_stay_with_the_word_they_belong_to() -> None:
    assert units_of("《紅樓夢》，好。") == ["《紅", "樓", "夢》，", "好。"]
    assert units_of("Is it (really) so?") == ["Is", " it", " (really)", " so?"]


@pytest.mark.parametrize("room", range(6, 90, 3))
def test_no_line_begins_or_ends_where_none_may(room: int) -> None:
    lines = even_lines(TITLE, room, wide)
    assert "".join(lines) == TITLE
    assert not any(line[0] in NEVER_FIRST for line in lines)
    assert not any(line[-1] in NEVER_LAST for line in lines)


def test_lines_are_as_even_as_they_can_be() -> None:
    assert even_lines("一二三四五六七八九十甲", 20, wide) == ["一二三四五六", "七八九十甲"]
    assert even_lines("The ferry is late again today", 24, wide) == ["The ferry is", "late again today"]


def test_no_text_has_no_line() -> None:
    assert even_lines("  ", 20, wide) == []


@given(st.text(max_size=80), st.integers(2, 60))
def test_nothing_is_lost(text: str, room: int) -> None:
    assert "".join("".join(even_lines(text, room, wide)).split()) == "".join(text.split())
