"""Gathering: the newest posts that fit and that the viewer may see, as many as can be ranked, and their number."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from django.core.cache import caches

from forum.permissions.roles import Viewer
from forum.search.candidates import Candidate, Look, Sample, next_batch
from forum.search.engines import TookTooLong, engine, limited
from forum.search.filters import Limits
from forum.search.matching import Condition, in_titles
from forum.search.ranking import Ranked, Ranking
from forum.search.results import EXACT
from forum.search.seeing import Seeing

SECONDS: Final = 2.0  # of the database's time for one search
_TITLES: Final = 200  # posts with all words in their title that are ranked however old they are
_SAMPLE: Final = 5000  # posts from which the number of all is estimated
_ENOUGH: Final = 50  # of these that must fit
_REMEMBERED: Final = 60  # seconds
_KEY: Final = "search-sample"


@dataclass
class Gathered:
    """The posts that were found, newest first; `is_cut` when there are more, `took_too_long` when time ran out."""

    ranked: list[Ranked] = field(default_factory=list)
    count: int = 0
    is_cut: bool = False
    took_too_long: bool = False


class Gathering:
    """One search: for whom, for what, within which limits."""

    def __init__(self, viewer: Viewer, condition: Condition | None, limits: Limits) -> None:
        """Take who searches, what the words must be, and what the posts must be."""
        self.viewer, self.condition, self.limits = viewer, condition, limits
        self.end = monotonic() + SECONDS
        self.only: tuple[int, ...] | None = None
        self.seeing = Seeing(viewer, limits.rows)

    def newest(self, *, most: int, below: int | None = None) -> Gathered:
        """Return up to `most` posts before the place `below`, without scores; `count` is what came, or `most` and 1."""
        return self._within_time(lambda found: self._gather(found, None, most=most, below=below))

    def to_rank(self, ranking: Ranking) -> Gathered:
        """Return the newest EXACT posts with their scores and, when there are more, the best by title among these."""

        def gather(found: Gathered) -> None:
            self._gather(found, ranking, most=EXACT)
            if found.is_cut and self.condition:
                self._add_titled(found, ranking, in_titles(self.condition))

        return self._within_time(gather)

    def _add_titled(self, found: Gathered, ranking: Ranking, condition: Condition) -> None:
        """Add the newest _TITLES posts whose title fits, as far as they are not there yet."""
        known, missing = {one.post_id for one in found.ranked}, _TITLES
        batches = engine().look(self._look(condition, batch=_TITLES, with_words=True))
        batch = next(batches, None)
        while batch is not None:
            found.ranked += _ranked([one for one in batch if one.post_id not in known], ranking)
            missing -= len(batch)
            batch = next_batch(batches, missing) if missing > 0 else None

    def _within_time(self, gather: Callable[[Gathered], None]) -> Gathered:
        found = Gathered()
        if self.limits.nothing:
            return found
        try:
            with limited(SECONDS):
                self.only = self.limits.ids()
                gather(found)
        except TookTooLong:
            found.took_too_long = True
            found.count = len(found.ranked)
        return found

    def _gather(self, found: Gathered, ranking: Ranking | None, *, most: int, below: int | None = None) -> None:
        batches = engine().look(self._look(self.condition, batch=most + 1, with_words=ranking is not None, below=below))
        batch = next(batches, None)
        while batch is not None:
            found.ranked += _ranked(batch, ranking)
            missing = most + 1 - len(found.ranked)
            if missing <= 0:
                found.is_cut = True
                del found.ranked[most:]
                break
            if monotonic() > self.end:
                raise TookTooLong
            batch = next_batch(batches, missing)
        found.count = self._estimate(found.ranked) if found.is_cut and most == EXACT else len(found.ranked)

    def _look(self, condition: Condition | None, *, batch: int, with_words: bool, below: int | None = None) -> Look:
        limits = self.limits
        return Look(
            condition,
            marks=tuple(limits.marks),
            low=limits.low,
            high=limits.high,
            below=below,
            only=self.only,
            batch=batch,
            with_words=with_words,
            seeing=self.seeing,
        )

    def _estimate(self, ranked: list[Ranked]) -> int:
        """Return about how many posts fit, judging by the newest ones; two digits of it are meant."""
        sample = _sample()
        oldest = ranked[-1].place
        among = sum(one.place >= sample.first for one in ranked)
        if oldest > sample.first:  # all that are known are among the newest, and not all of these were looked at
            about = sample.total * among // max(engine().newer(oldest), among)
        elif among >= _ENOUGH:
            about = sample.total * among // sample.seen
        else:  # too rare for a sample: as if posts were spread evenly over the years
            span = ranked[0].place - oldest
            about = min(sample.total, EXACT * (ranked[0].place - sample.oldest) // max(span, 1))
        step = 10 ** max(0, len(str(about)) - 2)
        return max(EXACT, about // step * step)


def _ranked(batch: list[Candidate], ranking: Ranking | None) -> list[Ranked]:
    if ranking is None:
        return [Ranked(0.0, one.place, one.post_id, one.thread_id) for one in batch]
    score, second_of = ranking.score, engine().second_of
    return [Ranked(score(one, second=second_of(one.place)), one.place, one.post_id, one.thread_id) for one in batch]


def _sample() -> Sample:
    """Return what the newest posts tell, as it was within the last minute."""
    known: Sample | None = caches["local"].get(_KEY)
    if known is None:
        known = engine().sample(_SAMPLE)
        caches["local"].set(_KEY, known, _REMEMBERED)
    return known
