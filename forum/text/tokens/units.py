"""Units: the words, numbers, wide characters and signs a text is made of, and its trace."""

import re
from typing import Final

from forum.text.tokens.folding import fold

# Scripts written without spaces, where each character is a unit: Han with its signs, kana, bopomofo, hangul,
# and Thai, Lao, Burmese and Khmer. A class for regular expressions, as the others here.
WIDE: Final = (
    r"\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u3096\u309d-\u309f\u30a1-\u30fa"
    r"\u30fc-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3"
    r"\uf900-\ufaff\U00020000-\U000323af\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ec6\u0ec8-\u0ecd\u0edc-\u0edf"
    r"\u1000-\u103f\u1780-\u17d3"
)
# Vowel signs of scripts that write them as marks belong to the word.
_VOWELS: Final = r"\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0962\u0963\u0980-\u0dff"
_LETTER: Final = rf"[^\W\d_{WIDE}]"
# A word, by letters and the signs among them; where none can have begun before; and a sign.
WORD: Final = rf"(?:{_LETTER}++(?:[{_VOWELS}]++{_LETTER}*+)*+)"
NOT_WITHIN: Final = rf"(?<!{_LETTER})(?<![{_VOWELS}])"
SIGN: Final = rf"(?:(?![{WIDE}])[^\w\s]|_)"
# The same of texts in ASCII only, as most English ones are once they are folded: these are four times as fast.
ASCII_WORD: Final = "[a-z]++"
ASCII_NOT_WITHIN: Final = "(?<![a-z])"
ASCII_SIGN: Final = r"[!-/:-@\[-`{-~]"

_MARKED: Final = re.compile(rf"\d++|{WORD}")
_ASCII_MARKED: Final = re.compile("[0-9]++|[a-z]++")
_SPACES: Final = re.compile(r"\s+")
_ONE_WIDE: Final = re.compile(rf"[{WIDE}]")

MARK: Final = "\x1f"


def trace(text: str) -> str:
    """Return `text` folded, with a MARK before and after each word and number, and each white space as one space.

    What is asked for stands in a text if its trace is part of the trace of the text, which any database can tell
    by itself: 俄羅斯 is part of 白俄羅斯, but "cat" is not part of "concatenate", nor "1.2" of "11.2". A number ends
    where letters begin, so "urho" and "3" are parts of "Urho3D".
    """
    return trace_of(fold(text))


def trace_of(folded_text: str) -> str:
    """Return the trace of a text that is folded already."""
    marked = _ASCII_MARKED if folded_text.isascii() else _MARKED
    return marked.sub(rf"{MARK}\g<0>{MARK}", _SPACES.sub(" ", folded_text)).strip(" ")


def is_wide(character: str) -> bool:
    """Return whether the folded character is a unit by itself, as Han characters are."""
    return _ONE_WIDE.match(character) is not None
