"""The passage of a text that answers a query, cut where a reader would cut it, with the matches marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from forum.search.documents import stem_mark
from forum.search.language import Node
from forum.search.matching import asked as looked_for
from forum.search.matching import condition
from forum.text.excerpts import shorten
from forum.text.tokens import MARK, Folded, folded, stem, trace
from forum.text.tokens.units import WORD

LENGTH = 110  # Han characters of a passage, or as much Latin text as takes the same room
BEFORE = 3  # a third of it stands before the first match, more where little follows
_LONGEST = 600  # characters that are looked at as one
_UNIT = re.compile(rf"(?P<number>\d+)|(?P<word>(?:{WORD})+)|(?P<space>\s+)")
_STEM = stem_mark("").removesuffix(MARK)
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
_SENTENCE = re.compile(r"[。！？!?…][」』”’）)]*\s*|\.\s+")
_BORDER = re.compile(r"[，、；：,;:]\s*|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `is_match` when it is what was looked for."""

    text: str
    is_match: bool = False


class Needles:
    """What to mark: the words of a query, as the index compares them, and the stems of its English words."""

    def __init__(self, node: Node | None) -> None:
        self.traces: list[str] = []
        self.stems: set[str] = set()
        asks = condition(node)
        for needle in dict.fromkeys(needle for words in looked_for(asks) for needle in words.needles):
            if needle.startswith(_STEM):
                self.stems.add(needle.removeprefix(_STEM).removesuffix(MARK))
            else:
                self.traces.append(needle)

    def __bool__(self) -> bool:
        return bool(self.traces)

    def count(self, text: str) -> int:
        """Return how many of the needles stand in the text."""
        whole = trace(text)
        exact = sum(needle in whole for needle in self.traces)
        if not self.stems:
            return exact
        roots = {stem(word) for word in whole.split(MARK)[1::2]}
        return max(exact, len(self.stems & roots))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where in the text the needles stand, in order, without overlaps."""
        folds = folded(text)
        traced = _Traced(folds)
        found = [span for needle in self.traces for span in traced.places(needle)]
        found += [span for span, word in traced.words if stem(word) in self.stems]
        spans: list[tuple[int, int]] = []
        for start, end in sorted(folds.span(*span) for span in found):
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return spans


class _Traced:
    """The trace of a folded text, with where in the folded text each of its characters comes from."""

    def __init__(self, folds: Folded) -> None:
        self.words: list[tuple[tuple[int, int], str]] = []
        parts: list[str] = []
        self.offsets: list[int] = []
        done = 0
        for unit in _UNIT.finditer(folds.text):
            at, end = unit.span()
            parts.append(folds.text[done:at])
            self.offsets += range(done, at)
            if unit["space"]:
                parts.append(" ")
                self.offsets.append(at)
            else:
                parts.append(f"{MARK}{unit[0]}{MARK}")
                self.offsets += [at, *range(at, end), end]
                self.words.append(((at, end), unit[0]))
            done = end
        parts.append(folds.text[done:])
        self.offsets += range(done, len(folds.text) + 1)
        self.text = "".join(parts)

    def places(self, needle: str) -> Iterator[tuple[int, int]]:
        """Yield where in the folded text the needle stands."""
        at = self.text.find(needle)
        while at >= 0:
            end = at + len(needle)
            yield self.offsets[at], self.offsets[end - 1] + (self.text[end - 1] != MARK)
            at = self.text.find(needle, end)


def marked(text: str, needles: Needles) -> list[Piece]:
    """Return the whole text in pieces, the matches marked."""
    borders = [0, *(border for span in needles.spans(text) for border in span), len(text)]
    return [
        Piece(text[start:end], is_match=bool(number % 2))
        for number, (start, end) in enumerate(pairwise(borders))
        if start < end
    ]


def passage(text: str, needles: Needles, length: int = LENGTH) -> list[Piece]:
    """Return the part of plain `text` that answers best, in pieces; the beginning when nothing in it matches.

    It begins and ends with a sentence or a word; "…" stands where it was cut.
    """
    if len(text) <= length:
        return marked(shorten(text, length), needles)
    parts = list(_parts(text))
    counts = [needles.count(part) for part in parts] if needles else []
    best = max(counts, default=0)
    if not best:
        return [Piece(shorten(text, length))]
    first = counts.index(best)
    spans = needles.spans(parts[first])
    match = spans[0][0] if spans else 0
    after = "".join(f" {part}" for part in parts[first + 1 : first + 4])
    start = _start(parts[first], match, max(length / BEFORE, length - _width(parts[first][match:] + after, length)))
    shown = shorten(parts[first][start:] + after, length)
    return [*([Piece("…")] if first or start else []), *marked(shown, needles)]


def _width(text: str, most: int) -> float:
    """Return how wide the text is in Han characters, as far as it matters."""
    return sum(1 if _WIDE.match(character) else 0.5 for character in text[: 2 * most])


def _parts(text: str) -> Iterator[str]:
    """Yield the lines of the text, long ones in pieces that end with a sentence or a word."""
    for line in text.split("\n"):
        while len(line) > _LONGEST:
            ends = [found.end() for found in _SENTENCE.finditer(line, _LONGEST // 2, _LONGEST)]
            ends = ends or [found.end() for found in _BORDER.finditer(line, _LONGEST // 2, _LONGEST)]
            end = ends[-1] if ends else _LONGEST
            yield line[:end].rstrip()
            line = line[end:]
        if line.strip():
            yield line


def _start(text: str, match: int, room: float) -> int:
    """Return where a passage begins so that the match at `match` stands near its beginning."""
    at = match
    while at > 0 and room > 0:
        at -= 1
        room -= 1 if _WIDE.match(text[at]) else 0.5
    if at == 0:
        return 0
    for border in (_SENTENCE, _BORDER):
        ends = (found.end() for found in border.finditer(text, max(at - 2, 0), match))
        if after := next((end for end in ends if end >= at), 0):
            return after
    return at if _WIDE.match(text[at]) else match
