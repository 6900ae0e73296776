"""How long a text is: in words, of which each Chinese character is one, and in characters, as the limits count."""

import re
from typing import NamedTuple

# Each character of these scripts counts as a word, as in word processors; static/js/editor/count.js counts alike.
_HAN = re.compile(
    r"[\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b"  # radicals, repetition, zero and counting signs
    r"\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\uff66-\uff6f\uff71-\uff9d"  # kana
    r"\u02ea\u02eb\u3105-\u312f\u31a0-\u31bf"  # bopomofo
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"  # ideographs
)
_LETTERS = r"(?:[^\W_]|[\u0300-\u036f])+"
_WORD = re.compile(rf"{_LETTERS}(?:['’.\-_]{_LETTERS})*")


class Count(NamedTuple):
    """The length of a text."""

    words: int
    characters: int


def count(text: str) -> Count:
    """Return how many words and characters a text has, without the space around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    rest, han = _HAN.subn(" ", text)
    return Count(han + len(_WORD.findall(rest)), len(text))
