"""How long a text is, as writers count."""

import pytest

from forum.text.counts import count_words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("，。！", 0),
        ("今天天氣很好。", 6),
        ("two words", 2),
        ("It's a well-known fact.", 4),
        ("普丁 Putin 的 3.5 倍", 6),
        ("中文Word中文", 5),
    ],
)
def test_chinese_counts_by_the_character_and_english_by_the_word(text, count):
    assert count_words(text) == count
