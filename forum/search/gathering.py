"""Gathering: the newest posts that fit and that the viewer may see, as many as are wanted, and how many there are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final

from django.core.cache import caches

from forum.permissions.roles import Viewer
from forum.search.candidates import Candidate, Look, Sample, next_batch
from forum.search.conditions import is_told
from forum.search.engines import TookTooLong, engine, limited
from forum.search.filters import Limits
from forum.search.matching import Condition, in_titles
from forum.search.ranking import Ranked, Ranking
from forum.search.results import EXACT, RANKED
from forum.search.seeing import Seeing

SECONDS: Final = 2.0  # of the database's time for one search
_SURE: Final = 1050  # posts that the index proposes when more than EXACT fit
_CHECKED: Final = 20  # of so many that are only proposed the words of one are looked at
_TITLES: Final = 100  # posts with all words in their title that are ranked however old they are
_SAMPLE: Final = 5000  # posts from which the number of all is estimated
_ENOUGH: Final = 50  # of these that must fit
_REMEMBERED: Final = 60  # seconds
_KEY: Final = "search-sample"


@dataclass
class Gathered:
    """The posts that were found, newest first; `is_cut` when there are more, `took_too_long` when time ran out.

    `count` is how many there are in all, about right unless it `is_exact`.
    """

    ranked: list[Ranked] = field(default_factory=list)
    count: int = 0
    is_exact: bool = True
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
        """Return up to `most` posts, without scores; those before the place `below`, without a count of all."""

        def gather(found: Gathered) -> None:
            self._gather(found, None, most=most, below=below)
            if found.is_cut and below is None:
                self._count(found, [one.place for one in found.ranked])

        return self._within_time(gather)

    def to_rank(self, ranking: Ranking) -> Gathered:
        """Return the newest RANKED posts with their scores and, when there are more, the best by title among these.

        Where is looked among few posts, all that fit are ranked: their titles would be looked at anyway.
        """

        def gather(found: Gathered) -> None:
            self._gather(found, ranking, most=RANKED if self.only is None else len(self.only))
            if found.is_cut:
                newest = [one.place for one in found.ranked]
                if self.condition:
                    self._add_titled(found, ranking, in_titles(self.condition))
                self._count(found, newest)

        return self._within_time(gather)

    def _within_time(self, gather: Callable[[Gathered], None]) -> Gathered:
        found = Gathered()
        if self.limits.nothing:
            return found
        try:
            with limited(SECONDS):
                self.only = self.limits.ids()
                gather(found)
        except TookTooLong:
            found.took_too_long, found.is_exact = True, False
            found.count = max(found.count, len(found.ranked))
        return found

    def _gather(self, found: Gathered, ranking: Ranking | None, *, most: int, below: int | None = None) -> None:
        for batch in self._batches(self.condition, most + 1, counted=ranking.counted if ranking else (), below=below):
            found.ranked += _ranked(batch, ranking)
        found.is_cut = len(found.ranked) > most
        del found.ranked[most:]
        found.count = len(found.ranked)

    def _add_titled(self, found: Gathered, ranking: Ranking, condition: Condition) -> None:
        """Add the newest _TITLES posts whose title fits, as far as they are not there yet."""
        known = {one.post_id for one in found.ranked}
        for batch in self._batches(condition, _TITLES, counted=ranking.counted):
            found.ranked += _ranked([one for one in batch if one.post_id not in known], ranking)

    def _count(self, found: Gathered, places: list[int]) -> None:
        """Count all posts: exactly up to EXACT, about beyond; `places` are those of the newest.

        That more than EXACT fit is told by the index alone where it can: reading so many texts would take longest.
        """
        is_sure = is_told(self.condition)
        if is_sure:
            more = self._after(found, places, most=_SURE, unread=True)
            if len(places) + len(more) < _SURE:
                more = self._fitting(more)
            else:
                some = more[::_CHECKED]
                is_sure = len(self._fitting(some)) == len(some)
        if not is_sure:
            more = self._after(found, places, most=EXACT + 1)
        places += [one.place for one in more]
        found.is_exact = len(places) <= EXACT
        found.count = len(places) if found.is_exact else self._estimate(places)

    def _after(self, found: Gathered, places: list[int], *, most: int, unread: bool = False) -> list[Candidate]:
        """Return the posts that stand after the places in the order by time, as many as make `most` with these."""
        more: list[Candidate] = []
        for batch in self._batches(self.condition, most - len(places), below=places[-1], unread=unread):
            more += batch
            found.count = len(places) + len(more)  # what is told when time runs out
        return more

    def _fitting(self, proposed: list[Candidate]) -> list[Candidate]:
        """Return those of the posts whose words are as the condition says."""
        look = Look(self.condition, only=tuple(one.post_id for one in proposed), batch=len(proposed) + 1)
        return [one for batch in engine().look(look) for one in batch]

    def _batches(self, condition: Condition | None, most: int, **options: Any) -> Iterator[list[Candidate]]:
        """Yield posts until there are `most` or no more; `options` are those of a Look."""
        limits = self.limits
        look = Look(
            condition,
            marks=tuple(limits.marks),
            low=limits.low,
            high=limits.high,
            only=self.only,
            batch=most,
            seeing=self.seeing,
            **options,
        )
        batches = engine().look(look)
        batch = next(batches, None)
        while batch is not None:
            yield batch
            most -= len(batch)
            if most <= 0:
                return
            if monotonic() > self.end:
                raise TookTooLong
            batch = next_batch(batches, most)

    def _estimate(self, places: list[int]) -> int:
        """Return about how many posts fit, judging by the places of the newest ones; two digits of it are meant."""
        sample = _sample()
        oldest = places[-1]
        among = sum(place >= sample.first for place in places)
        if oldest > sample.first:  # all that are known are among the newest, and not all of these were looked at
            about = sample.total * among // max(engine().newer(oldest), among)
        elif among >= _ENOUGH:
            about = sample.total * among // sample.seen
        else:  # too rare for a sample: as if posts were spread evenly over the years
            span = places[0] - oldest
            about = min(sample.total, len(places) * (places[0] - sample.oldest) // max(span, 1))
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
