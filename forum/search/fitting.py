"""Conditions as Python: whether title and words of a post, as UTF-8, are as a query asks.

What stands in a text stands in its bytes, too, and nowhere else: no character begins within another one. Looking there
spares making a text of each post that is looked at.
"""

from collections.abc import Callable

from forum.search.matching import Both, Condition, Has, Without

type Fits = Callable[[bytes, bytes], bool]


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
