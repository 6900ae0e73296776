"""Counting words and characters in texts of two scripts."""

import pytest

from forum.text.counting import count

# Also counted by the browser: tests/browser/test_desk.py holds both against each other.
SAMPLES = [
    ("", 0, 0),
    ("  \n ", 0, 0),
    ("河不記名字。", 5, 6),
    ("讀 The Old Man and the Sea 三次", 9, 28),
    ("don't stop-and-go, v2.1!", 3, 24),
    ("一\r\n二", 2, 3),
    ("𠮷野家 かな カナ ㄅㄆ", 9, 12),
    ("**粗體** and `code`", 4, 17),
    ("2024年12月", 4, 8),
    ("Ça va déjà", 3, 10),
    ("de\u0301ja\u0300 vu", 2, 9),
]


@pytest.mark.parametrize(("text", "words", "characters"), SAMPLES)
def test_chinese_characters_and_other_words_count_alike(text: str, words: int, characters: int) -> None:
    assert count(text) == (words, characters)
