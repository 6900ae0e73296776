"""Ranking: how well a post answers a query. docs/search.md states the formula."""

from collections.abc import Iterable
from math import log10
from typing import Final, NamedTuple

from forum.search.candidates import Candidate
from forum.search.matching import Condition, asked

TITLE: Final = 1.0  # for all words in the title of the post
RECENCY: Final = 0.2  # for a post of today; half of it for one of HALF_LIFE ago
RECOMMENDED: Final = 0.2  # for 99 recommendations or more; half of it for 9
HALF_LIFE: Final = 2 * 365 * 86_400  # seconds
LENGTH: Final = 600  # characters of a middling post
_DAY: Final = 86_400
_MOST: Final = 99  # recommendations that count
_LIKED: Final = [RECOMMENDED * log10(1 + number) / 2 for number in range(_MOST + 1)]


class Ranked(NamedTuple):
    """A candidate with its score; the highest comes first, of equals the newest."""

    score: float
    place: int
    post_id: int
    thread_id: int


class Ranking:
    """Scores candidates for one query, as of one day, so that the pages of a result fit together."""

    def __init__(self, condition: Condition | None, *, day: int) -> None:
        """Take what is asked for, and the day (since 1970) from which the age of posts is counted."""
        self.counted = tuple(has.needles for has in asked(condition))
        self.now = (day + 1) * _DAY

    def score(self, candidate: Candidate, *, second: int) -> float:
        """Return the score of a candidate written at `second`."""
        age = max(0, self.now - second)
        return round(
            self._words(candidate) + RECENCY * 0.5 ** (age / HALF_LIFE) + _LIKED[min(candidate.recommendations, _MOST)],
            6,
        )

    def _words(self, candidate: Candidate) -> float:
        """Return how much the words of the post are about what is asked for: 0 to 1, and TITLE more for its title."""
        if not candidate.times:
            return 0.0
        enough = 0.5 + candidate.length / LENGTH
        found = sum([times / (times + enough) for times in candidate.times]) + TITLE * candidate.titled
        return found / len(candidate.times)


def best_first(ranked: Iterable[Ranked]) -> list[Ranked]:
    """Return them by score, of equals the newest first."""
    return sorted(ranked, key=lambda one: (one.score, one.place), reverse=True)
