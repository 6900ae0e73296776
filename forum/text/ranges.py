"""Numbers of posts as people write them: "5-9, 12"."""

import re
from collections.abc import Iterable

RANGES_AT_MOST = 100
_RANGE = re.compile(r"(\d{1,9})(?:[-~–—〜～至到](\d{1,9}))?")
_SPACES = re.compile(r"\s*([-~–—〜～至到])\s*")
_BETWEEN = re.compile(r"[\s,;，、；]+")


def read_ranges(text: str, most: int = RANGES_AT_MOST) -> list[tuple[int, int]]:
    """Return the ranges that a text names, each with its first and last number.

    Raises ValueError for anything else, and for more than `most` of them.
    """
    parts = [part for part in _BETWEEN.split(_SPACES.sub(r"\1", text.strip())) if part]
    found = [_RANGE.fullmatch(part) for part in parts]
    if not all(found) or len(parts) > most:
        raise ValueError(text)
    pairs = [(int(match[1]), int(match[2] or match[1])) for match in found if match]
    return [(min(pair), max(pair)) for pair in pairs]


def within(ranges: Iterable[tuple[int, int]], last: int) -> list[int]:
    """Return every number in the ranges up to `last`, in order and each once."""
    return sorted({number for first, end in ranges for number in range(first, min(end, last) + 1)})


def as_ranges(numbers: Iterable[int]) -> str:
    """Return ascending numbers as short as they can be told: "5-9, 12"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{first}-{last}" if last > first else str(first) for first, last in runs)
