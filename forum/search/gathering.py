"""Gathering: the newest posts that fit and that the viewer may see, as many as can be ranked, and their number."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from django.db.models import F
from django.db.models.expressions import RawSQL

from forum.models import Post, Thread
from forum.permissions.posts import readable_posts
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads
from forum.search.candidates import Candidate, Look, next_batch
from forum.search.engines import TookTooLong, engine, limited
from forum.search.filters import Limits
from forum.search.matching import Condition, in_titles
from forum.search.ranking import Ranked, Ranking
from forum.search.results import EXACT

SECONDS: Final = 2.0  # of the database's time for one search
_TITLES: Final = 200  # posts with all words in their title that are ranked however old they are
_SAMPLE: Final = 5000  # posts from which the number of all is estimated
_ENOUGH: Final = 50  # of these that must fit


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
        self.threads: dict[int, bool] = {}  # whether the viewer may see them

    def newest(self, *, most: int, below: int | None = None) -> Gathered:
        """Return up to `most` posts before the place `below`, without scores; `count` is what came, or `most` and 1."""
        return self._within_time(lambda found: self._gather(found, None, most=most, below=below))

    def to_rank(self, ranking: Ranking) -> Gathered:
        """Return the newest EXACT posts with their scores and, when there are more, the best by title among these."""

        def gather(found: Gathered) -> None:
            self._gather(found, ranking, most=EXACT)
            if found.is_cut and self.condition:
                known = {one.post_id for one in found.ranked}
                look = self._look(in_titles(self.condition), batch=_TITLES, with_words=True)
                titled = self._visible(next(iter(engine().look(look)), []), ranking)
                found.ranked += [one for one in titled if one.post_id not in known]

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
            found.took_too_long = True
            found.count = len(found.ranked)
        return found

    def _gather(self, found: Gathered, ranking: Ranking | None, *, most: int, below: int | None = None) -> None:
        look = self._look(self.condition, batch=most + 1, with_words=ranking is not None, below=below)
        batches, looked = engine().look(look), 0
        batch = next(batches, None)
        while batch is not None:
            found.ranked += self._visible(batch, ranking)
            looked += len(batch)
            missing = most + 1 - len(found.ranked)
            if missing <= 0:
                found.is_cut = True
                del found.ranked[most:]
                break
            if monotonic() > self.end:
                raise TookTooLong
            # As many as give what is missing when of them as many fit as of those before, and some more.
            batch = next_batch(batches, missing * (looked + 20) * 5 // ((len(found.ranked) + 5) * 4) + 20)
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
        )

    def _visible(self, batch: list[Candidate], ranking: Ranking | None) -> list[Ranked]:
        """Return those that the viewer may see and that are within the limits, in their order; two queries.

        Posts and threads are asked for apart: in one question the planner may begin with all threads of the site.
        """
        if not batch:
            return []
        ids = RawSQL(",".join(str(candidate.post_id) for candidate in batch), ())  # a thousand parameters take long
        posts = readable_posts(self.viewer, Post.objects.filter(self.limits.rows, pk__in=ids))
        rows = posts.annotate(total=F("recommendations_count") + F("earlier_recommendations"))
        read = {pk: (thread, total) for pk, thread, total in rows.values_list("pk", "thread_id", "total")}
        threads = {thread for thread, _total in read.values()} - self.threads.keys()
        if threads:
            among = Thread.objects.filter(pk__in=RawSQL(",".join(map(str, threads)), ()))
            visible = set(visible_threads(self.viewer, among).values_list("pk", flat=True))
            self.threads |= {thread: thread in visible for thread in threads}
        seen = {pk: found for pk, found in read.items() if self.threads[found[0]]}
        second_of = engine().second_of
        ranked = []
        for candidate in batch:
            if candidate.post_id not in seen:
                continue
            thread_id, recommendations = seen[candidate.post_id]
            score = 0.0
            if ranking:
                second = second_of(candidate.place)
                score = ranking.score(candidate, second=second, recommendations=recommendations)
            ranked.append(Ranked(score, candidate.place, candidate.post_id, thread_id))
        return ranked

    def _estimate(self, ranked: list[Ranked]) -> int:
        """Return about how many posts fit, judging by the newest ones; two digits of it are meant."""
        sample = engine().newer(ranked[-1].place, most=_SAMPLE)
        among = sum(one.place >= sample.first for one in ranked)
        if among >= _ENOUGH:
            about = sample.total * among // sample.seen
        else:  # too rare for a sample: as if posts were spread evenly over the years
            span = ranked[0].place - ranked[-1].place
            about = min(sample.total, EXACT * (ranked[0].place - sample.oldest) // max(span, 1))
        step = 10 ** max(0, len(str(about)) - 2)
        return max(EXACT, about // step * step)
