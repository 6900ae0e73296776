"""Terms: what the index holds of a text, and which of them a text must hold to contain what is asked for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import Final

from Stemmer import Stemmer

from forum.text.tokens.folding import fold
from forum.text.tokens.units import SIGN, WIDE, WORD, trace_of

# To be raised with every change that gives a text other terms or another trace; `manage.py reindex` follows.
TOKENS_VERSION: Final = 1

STEM: Final = "~"
_LONGEST: Final = 64  # characters of a word that count; what is longer is no word

_WIDE_RUNS: Final = re.compile(rf"[{WIDE}]+")
_WORDS: Final = re.compile(rf"{WORD}+")
_NUMBERS: Final = re.compile(r"\d+")
# Signs, but for those that stand in most posts: nothing is gained by an index of them.
_SIGNS: Final = re.compile(rf"(?![-.,:;!?'\"()\[\]{{}}<>/\\_*`|~·，。、；：！？「」『』《》〈〉（）]){SIGN}")
_SIGN_PAIRS: Final = re.compile(rf"({SIGN})(?=({SIGN}))")
# Two words or numbers with one sign or nothing between: covid-19, 1.2, mei@example, urho3; and c+ of c++, c#.
_UNIT: Final = rf"((?<!{WORD}){WORD}++|(?<!\d)\d++)"
_JOINED: Final = re.compile(rf"{_UNIT}([-._@'/:&=\\]?)(?=({WORD}++|\d++))")
_TAILED: Final = re.compile(rf"{_UNIT}(?=([+#]))")

# What a text has that has words or numbers.
_PLAIN: Final = re.compile(rf"\d|{WORD}")

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
    runs = _WIDE_RUNS.findall(text)
    words = _once(_WORDS.findall(text))
    roots = list(dict.fromkeys(root for word in words if (root := stem(word)) != word))
    found = [*words, *(STEM + root for root in roots), *_rest(text, runs), *dict.fromkeys("".join(runs))]
    return Analysis(trace_of(text), found, roots)


def terms(text: str) -> list[str]:
    """Return the terms that the index holds of `text`, each once."""
    return analysed(text).terms


def needed_terms(text: str) -> list[str]:
    """Return terms that every text has in whose trace the trace of `text` is contained; the fewest that say it all.

    No stems, for these are exact words; of wide characters and words only the pairs, where there is one.
    """
    text = fold(text)
    runs = _WIDE_RUNS.findall(text)
    alone = [*_WORDS.findall(text), *(run for run in runs if len(run) == 1)]
    pairs = _rest(text, runs)
    joined = {part for first, _, second in _JOINED.findall(text) for part in (first, second)}
    for couple in (*_TAILED.findall(text), *_SIGN_PAIRS.findall(text)):
        joined.update(couple)
    # What also stands alone somewhere else in the text is not asked for twice: the pair proposes few enough.
    return list(_once(unit for unit in (*alone, *pairs) if unit not in joined))


def _rest(text: str, runs: list[str]) -> list[str]:
    """Return what needed and indexed terms have in common: numbers, signs and pairs. `runs` are its wide ones."""
    pairs: dict[str, None] = {}
    for run in runs:
        pairs.update(dict.fromkeys(map(add, run, run[1:])))
    signs = _SIGNS.findall(text)
    doubles = map("".join, _SIGN_PAIRS.findall(text))
    if _PLAIN.search(text):
        joined = [_cut(first) + sign + _cut(second) for first, sign, second in _JOINED.findall(text)]
        tailed = [_cut(first) + sign for first, sign in _TAILED.findall(text)]
        pairs.update(dict.fromkeys([*_once(_NUMBERS.findall(text)), *joined, *tailed]))
    return [*pairs, *dict.fromkeys(signs), *dict.fromkeys(doubles)]


def _cut(unit: str) -> str:
    return unit[:_LONGEST]


def _once(units: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(map(_cut, units))
