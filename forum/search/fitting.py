"""Conditions as Python: whether title and words of a post, as UTF-8, are as a query asks, and how often they are.

What stands in a text stands in its bytes, too, and nowhere else: no character begins within another one. Looking there
spares making a text of each post that is looked at.
"""

from collections.abc import Callable

from forum.search.candidates import FIRST_WORDS
from forum.search.matching import Both, Condition, Has, Without

type Fits = Callable[[bytes, bytes], bool]
type Counts = Callable[[int, bytes, bytes], tuple[int, int, tuple[int, ...]]]


def fitting(of: Condition | None) -> Fits:
    """Return the function that says whether a post with that title and these words fits."""
    if of is None:
        return lambda title, words: True
    if isinstance(of, Has):
        return _having(tuple(needle.encode() for needle in of.needles), in_title=of.in_title)
    if isinstance(of, Without):
        inner = fitting(of.of)
        return lambda title, words: not inner(title, words)
    parts = [fitting(part) for part in of.of]
    quantified = all if isinstance(of, Both) else any
    return lambda title, words: quantified(part(title, words) for part in parts)


def _having(needles: tuple[bytes, ...], *, in_title: bool) -> Fits:
    if in_title:
        return lambda title, words: any(needle in title for needle in needles)
    if len(needles) == 1:
        (only,) = needles
        return lambda title, words: only in words
    return lambda title, words: any(needle in words for needle in needles)


def counting(counted: tuple[tuple[str, ...], ...]) -> Counts:
    """Return the function that makes of length, title and words of a post what a Candidate says of them."""
    if not counted:
        return lambda length, title, words: (0, 0, ())
    asked = [[needle.encode() for needle in needles] for needles in counted]

    def count(length: int, title: bytes, words: bytes) -> tuple[int, int, tuple[int, ...]]:
        if length > FIRST_WORDS:
            length, words = FIRST_WORDS, words.decode()[:FIRST_WORDS].encode()
        titled = sum([any(needle in title for needle in needles) for needles in asked]) if title else 0
        return length, titled, tuple([sum(map(words.count, needles)) for needles in asked])

    return count
