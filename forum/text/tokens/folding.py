"""Folding: the one form in which texts and queries are compared, and the way back to the original."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from forum.text.tokens.variants import han_variants

_KNOWN: Final = 4096  # characters, of those that came last, of which is remembered how they are folded
# Signs that readers take for the same.
_ALIKE = {
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032\u0060\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u2024\u2027\u30fb\u00b7\u2022", "\u00b7"),
}
# Signs that nobody sees: soft hyphens, joiners, marks of direction, selectors of variants; and accents.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U000e0000-\U000e0fff]"
)
_ACCENTS = re.compile("[\u0300-\u036f]")
# What joins the character before it: marks, conjoining letters of Hangul, half-width voicing marks and Hangul.
_JOINS = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f\uffa0-\uffdc]")


class _Table(dict[int, str]):
    """Code point → what it becomes; filled as characters come up."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        if character in _ALIKE:
            result = _ALIKE[character]
        elif _UNSEEN.match(character):
            result = ""
        elif unicodedata.category(character) in ("Cc", "Zs", "Zl", "Zp", "Cs"):
            result = "\n" if character == "\n" else " "
        else:
            result = self._plain(character)
        self[point] = result
        return result

    @staticmethod
    def _plain(character: str) -> str:
        """Return the letter without accents, in lower case, the Han character without variants."""
        bare = _ACCENTS.sub("", unicodedata.normalize("NFD", character)) or ""
        bare = unicodedata.normalize("NFKC", bare.casefold())
        bare = _UNSEEN.sub("", _ACCENTS.sub("", unicodedata.normalize("NFD", bare)))
        variants = han_variants()
        return "".join(variants.get(ord(one), one) for one in unicodedata.normalize("NFC", bare))


_TABLE = _Table()


def fold(text: str) -> str:
    """Return `text` as search compares it.

    Lower case, without accents; full width as half width; Traditional and Simplified Chinese and variants as one;
    quotation marks, dashes and dots as one each; what nobody sees left out. Kana keep their voicing marks.
    """
    return unicodedata.normalize("NFKC", text).translate(_TABLE)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `offsets[i]` is where in the original its i-th character comes from, with one more for the end."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of the original that `text[start:end]` comes from, whole characters of it."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        last = self.offsets[end - 1]
        after = next((offset for offset in self.offsets[end:] if offset > last), self.offsets[-1])
        return self.offsets[start], after


def folded(text: str) -> Folded:
    """Return `text` folded, together with where each character of it comes from. Its text is that of `fold`."""
    parts: list[str] = []
    offsets: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _joins(text[end]):
            end += 1
        part = _fold_part(text[start:end])
        parts.append(part)
        offsets += [start] * len(part)
        start = end
    return Folded("".join(parts), (*offsets, len(text)))


@lru_cache(_KNOWN)
def _fold_part(part: str) -> str:
    return fold(part)


@lru_cache(_KNOWN)
def _joins(character: str) -> bool:
    """Return whether the character may melt into the one before it."""
    return character > "\u02ff" and (unicodedata.category(character)[0] == "M" or _JOINS.match(character) is not None)
