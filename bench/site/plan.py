"""How a generated site is laid out: how long its threads are, where they stand, and when they were begun."""

import random
from array import array
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate

YEARS = 10
LONG = 2_400  # posts of one thread, where there is room for it
LONGEST = 1_500  # posts of the others
DEFAULT_SHARE = 0.8  # of a city's threads on its default board
BATCH = 20_000  # posts that are stored at once


@dataclass(slots=True)
class Plan:
    """A site of so many posts; the same arguments give the same plan."""

    posts: int
    now: datetime
    seed: int = 20_260_101
    lengths: array[int] = field(init=False)
    boards: array[int] = field(init=False)  # the place of each thread's board in `board_cities`
    board_cities: list[int] = field(init=False)
    long_thread: int = field(init=False)
    pinned: frozenset[int] = field(init=False)  # the first thread of each board

    def __post_init__(self) -> None:
        """Draw lengths and boards; a few bytes a thread."""
        rng = random.Random(self.seed)
        lengths = list(self._lengths(rng))
        # One very long thread, on the largest board, begun when nine tenths were.
        self.long_thread = len(lengths) * 9 // 10
        lengths.insert(self.long_thread, self.long)
        self.lengths = array("I", lengths)
        self.board_cities = [city for city in range(self.cities) for _board in range(3 + city * 7 % 5)]
        sums = list(accumulate(self._share(board) for board in range(len(self.board_cities))))
        self.boards = array("I", (bisect(sums, rng.random() * sums[-1]) for _thread in lengths))
        self.boards[self.long_thread] = 0
        self.pinned = frozenset({board: number for number, board in reversed(list(enumerate(self.boards)))}.values())

    @property
    def people(self) -> int:
        """How many have an account."""
        return max(60, min(self.posts // 150, 100_000))

    @property
    def cities(self) -> int:
        """How many cities there are: 20 with ten thousand posts, 63 with a million, 112 with ten million."""
        return max(4, round(2 * self.posts**0.25))

    @property
    def long(self) -> int:
        """How many posts the longest thread has."""
        return min(LONG, max(2, self.posts // 4))

    def begun_at(self, thread: int) -> datetime:
        """Return when a thread was begun: evenly more every year, for YEARS years."""
        return self.now - timedelta(days=365 * YEARS) * (1 - ((thread + 0.5) / len(self.lengths)) ** 0.5)

    def batches(self, start: int = 0) -> Iterator[range]:
        """Yield the threads from `start` on in batches of about BATCH posts."""
        first, posts = start, 0
        for thread in range(start, len(self.lengths)):
            posts += self.lengths[thread]
            if posts >= BATCH:
                yield range(first, thread + 1)
                first, posts = thread + 1, 0
        if first < len(self.lengths):
            yield range(first, len(self.lengths))

    def _lengths(self, rng: random.Random) -> Iterator[int]:
        """Yield lengths with a heavy tail, half of them below five: all posts but those of the long thread."""
        left = self.posts - self.long
        while left > 0:
            length = min(left, LONGEST, max(8, self.posts // 20), int(2 * rng.paretovariate(0.95)))
            left -= length
            yield length

    def _share(self, board: int) -> float:
        """Return the share of all threads that a board has: Zipf's among cities, most on the default board."""
        city = self.board_cities[board]
        first, count = self.board_cities.index(city), self.board_cities.count(city)
        within = DEFAULT_SHARE if board == first else (1 - DEFAULT_SHARE) / (count - 1)
        return within / (city + 1)
