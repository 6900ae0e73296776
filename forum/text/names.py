"""What is drawn of a name: the characters of a city's seal, the initial and the ink of a person."""

import hashlib
import re
import unicodedata
from typing import Final

_EAST_ASIAN = re.compile(r"[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+")
_LATIN_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SMALL_WORDS: Final = frozenset("a an and at by de for in la of on or the to und van von".split())
_NOBODY: Final = "城"


def seal_characters(name: str) -> str:
    """Return the one to four characters that a city's seal shows.

    A Chinese name of up to four characters stands whole, a longer one by its first two; other names stand by the
    initials of their first two words of weight.
    """
    name = unicodedata.normalize("NFC", name)
    runs = _EAST_ASIAN.findall(name)
    if runs:
        whole = "".join(runs)
        if len(whole) <= 4:
            return whole
        return runs[0] if 2 <= len(runs[0]) <= 4 else whole[:2]
    words = _LATIN_WORD.findall(name)
    weighty = [word for word in words if word.lower() not in _SMALL_WORDS] or words
    return "".join(_capital(word) for word in weighty[:2]) or _grapheme(name.strip()) or _NOBODY


def initial(name: str) -> str:
    """Return one character, as a reader sees characters, to stand for a person."""
    name = unicodedata.normalize("NFC", name).strip()
    first = next((index for index, character in enumerate(name) if character.isalnum()), 0)
    return _capital(name[first:])


def ink(key: str, count: int) -> int:
    """Return which of `count` inks, from 0, belongs to `key`; always the same. Raises ZeroDivisionError for no inks."""
    digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
    return int.from_bytes(digest) % count


def _capital(text: str) -> str:
    letter = _grapheme(text)
    capital = letter.upper()
    return capital if len(capital) == len(letter) else letter  # one ß does not become two letters


def _grapheme(text: str) -> str:
    """Return the first character of `text` with all that is drawn onto it."""
    end = 1
    while end < len(text):
        character = text[end]
        joins = character == "\u200d" or text[end - 1] == "\u200d"
        is_skin = "\U0001f3fb" <= character <= "\U0001f3ff"
        is_flag = end == 1 and all("\U0001f1e6" <= letter <= "\U0001f1ff" for letter in text[:2])
        if not (joins or is_skin or is_flag or unicodedata.category(character).startswith("M")):
            break
        end += 1
    return text[:end]
