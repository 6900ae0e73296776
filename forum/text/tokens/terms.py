"""Terms: what the index holds of a text, and which of them a text must hold to contain what is asked for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import Final

from Stemmer import Stemmer

from forum.text.tokens.folding import fold
from forum.text.tokens.units import (
    ASCII_NOT_WITHIN,
    ASCII_SIGN,
    ASCII_WORD,
    NOT_WITHIN,
    SIGN,
    WIDE,
    WORD,
    trace_of,
)

# To be raised with every change that gives a text other terms or another trace; `manage.py reindex` follows.
TOKENS_VERSION: Final = 1

STEM: Final = "~"
_LONGEST: Final = 64  # characters of a word that count; what is longer is no word

_WIDE_RUNS: Final = re.compile(rf"[{WIDE}]+")
_COMMON: Final = r"[-.,:;!?'\"()\[\]{}<>/\\_*`|~·，。、；：！？「」『』《》〈〉（）]"


class _Patterns:
    """What the terms of a text are found by."""

    def __init__(self, start: str, word: str, sign: str) -> None:
        unit = rf"({start}{word}|(?<!\d)\d++)"
        self.words = re.compile(word)
        self.numbers = re.compile(r"\d+")
        # But for those that stand in most posts: nothing is gained by an index of them.
        self.signs = re.compile(rf"(?!{_COMMON}){sign}")
        self.doubles = re.compile(rf"({sign})(?=({sign}))")
        # Two words or numbers with one sign or nothing between: covid-19, 1.2, mei@example, urho3; and c+ of c++, c#.
        self.joined = re.compile(rf"{unit}([-._@'/:&=\\]?)(?=({word}|\d++))")
        self.tailed = re.compile(rf"{unit}(?=([+#]))")


_PATTERNS: Final = _Patterns(NOT_WITHIN, WORD, SIGN)
_ASCII: Final = _Patterns(ASCII_NOT_WITHIN, ASCII_WORD, ASCII_SIGN)

_ENGLISH: Final = re.compile(r"[a-z]{3,40}")
_STEMMER: Final = Stemmer("english", 0)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of a folded English word ("bridges" → "bridg"), the word itself where there is none."""
    return _STEMMER.stemWord(word) if _ENGLISH.fullmatch(word) else word


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text as the index holds it: its trace, its terms, and the stems of its words that differ from their word."""

    trace: str
    terms: list[str]
    stems: list[str]


def analysed(text: str) -> Analysis:
    """Return trace, terms and stems of `text`, each term and stem once.

    Terms are words and numbers, and two that a sign joins; stems that differ from their word, with "~" before them;
    wide characters, and two that stand together; signs, and two that stand together.
    """
    text = fold(text)
    patterns = _patterns_for(text)
    runs = _WIDE_RUNS.findall(text)
    words = _once(patterns.words.findall(text))
    roots = list(dict.fromkeys(root for word in words if (root := stem(word)) != word))
    found = [*words, *(STEM + root for root in roots), *_rest(text, runs, patterns), *dict.fromkeys("".join(runs))]
    return Analysis(trace_of(text), found, roots)


def terms(text: str) -> list[str]:
    """Return the terms that the index holds of `text`, each once."""
    return analysed(text).terms


def needed_terms(text: str) -> list[str]:
    """Return terms that every text has in whose trace the trace of `text` is contained; the fewest that say it all.

    No stems, for these are exact words; of wide characters and words only the pairs, where there is one.
    """
    text = fold(text)
    patterns = _patterns_for(text)
    runs = _WIDE_RUNS.findall(text)
    alone = [*patterns.words.findall(text), *(run for run in runs if len(run) == 1)]
    pairs = _rest(text, runs, patterns)
    joined = {part for first, _, second in patterns.joined.findall(text) for part in (first, second)}
    for couple in (*patterns.tailed.findall(text), *patterns.doubles.findall(text)):
        joined.update(couple)
    # What also stands alone somewhere else in the text is not asked for twice: the pair proposes few enough.
    return list(_once(unit for unit in (*alone, *pairs) if unit not in joined))


def _patterns_for(text: str) -> _Patterns:
    return _ASCII if text.isascii() else _PATTERNS


def _rest(text: str, runs: list[str], patterns: _Patterns) -> list[str]:
    """Return what needed and indexed terms have in common: numbers, signs and pairs. `runs` are its wide ones."""
    pairs: dict[str, None] = {}
    for run in runs:
        pairs.update(dict.fromkeys(map(add, run, run[1:])))
    signs = patterns.signs.findall(text)
    doubles = map("".join, patterns.doubles.findall(text))
    joined = [_cut(first) + sign + _cut(second) for first, sign, second in patterns.joined.findall(text)]
    tailed = [_cut(first) + sign for first, sign in patterns.tailed.findall(text)]
    found = (*_once(patterns.numbers.findall(text)), *joined, *tailed, *signs, *doubles)
    return [*pairs, *dict.fromkeys(found)]


def _cut(unit: str) -> str:
    return unit[:_LONGEST]


def _once(units: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(map(_cut, units))
