"""What an engine is asked to look for, and what it proposes."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import NamedTuple

from forum.search.matching import Condition
from forum.search.seeing import Seeing

FIRST_WORDS = 4000  # characters of a post that its rank depends on
LARGEST = 10_000  # posts in a batch


class Candidate(NamedTuple):
    """A post whose words fit and that may be seen; `place` is where it stands in time, a later post has a higher one.

    `times` says how often each of the words that are `counted` stands in the first characters of the post, of which
    there are `length`, and `titled` in how many cases its title has it. `thread_id` and `recommendations` are 0 where
    nobody's eyes were asked for.
    """

    place: int
    post_id: int
    thread_id: int
    recommendations: int
    length: int = 0
    titled: int = 0
    times: tuple[int, ...] = ()


class Sample(NamedTuple):
    """The newest posts in the index: how many were looked at, and the first place among these.

    `oldest` is the first place of all, `total` about how many posts there are: ids follow one another, and counting
    would take long. Of an empty index all is 0.
    """

    seen: int
    first: int
    oldest: int
    total: int


# Batches of candidates; what is sent is the size of the next one.
type Batches = Generator[list[Candidate], int | None]


def next_batch(batches: Batches, size: int) -> list[Candidate] | None:
    """Return the next batch, of that size, None when there is none."""
    try:
        return batches.send(size)
    except StopIteration:
        return None


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked for, newest first.

    `marks` are sets of terms, of each of which a post must have one; the index may be wrong about them, so the
    caller looks again. `low` and `high` are seconds since 1970, and `below` is a place: only posts before it.
    `only` are the posts among which is looked. `batch` is the size of the first batch. `counted` are words, each as
    the needles by any of which it stands there. `seeing` is whose eyes are asked for; without it every post is found.
    With `unread` the posts come as the index proposes them, and their words are not looked at.
    """

    condition: Condition | None = None
    marks: tuple[tuple[str, ...], ...] = ()
    low: int | None = None
    high: int | None = None
    below: int | None = None
    only: tuple[int, ...] | None = None
    batch: int = 1001
    counted: tuple[tuple[str, ...], ...] = ()
    seeing: Seeing | None = None
    unread: bool = False

    @property
    def compared(self) -> Condition | None:
        """What is compared with the words of each post."""
        return None if self.unread else self.condition
