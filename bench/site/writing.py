"""The rows of a batch of threads, as they are put into the tables."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from bench.site.corpus import CHINESE, ENGLISH, Corpus
from bench.site.plan import Plan
from bench.site.telling import Batch, Ids, Place, Row, Telling, stamp
from forum.models import Thread, Watch


@dataclass(slots=True)
class Writer:
    """Writes threads; `ids` holds the next id of each table, `boards` the id of each board of the plan."""

    plan: Plan
    corpus: Corpus
    places: list[Place]
    boards: list[int]
    ids: Ids

    def write(self, threads: range) -> Batch:
        """Return the rows of these threads, and move ids and ends of the chains on."""
        batch = Batch()
        for thread in threads:
            self._thread(batch, thread)
        return batch

    def _thread(self, batch: Batch, number: int) -> None:
        """Write one thread: its posts in order, then its events in the order of time, then its own row."""
        plan, rng = self.plan, random.Random(self.plan.seed * 1_000_003 + number)
        board = plan.boards[number]
        times = _times(rng, plan.begun_at(number), plan.lengths[number], plan.now)
        told = Telling(
            corpus=self.corpus,
            batch=batch,
            ids=self.ids,
            now=plan.now,
            begun=times[0],
            rng=rng,
            place=self.places[plan.board_cities[board]],
            thread=self.ids.take("thread"),
            board=self.boards[board],
            language=CHINESE if rng.random() < 0.6 else ENGLISH,
        )
        is_hidden = rng.random() < 0.003 and number != plan.long_thread and number not in plan.pinned
        title = told.title = self.corpus.title(rng, told.language)
        told.posts(times)
        acts = {"pinned": number in plan.pinned, "locked": rng.random() < 0.005, "featured": rng.random() < 0.01}
        acts["locked"] &= number != plan.long_thread
        for act, is_done in {**acts, "hidden": is_hidden}.items():
            if is_done:
                told.act(f"thread.{act}", times[-1])
        told.link_events()
        if plan.now - times[-1] < timedelta(days=365):
            self._watches(batch, told)
        recommended = told.opener_recommendations
        views = int(len(times) * 10 * rng.paretovariate(1.2))
        row: Row = (told.thread, told.place.pk, told.board, told.authors[0], title, told.excerpt, told.language)
        row += (stamp(times[0]), acts["pinned"], acts["locked"], acts["featured"], is_hidden)
        row += (len(times), len(times), len(times) - 1 - told.hidden, min(views, 5_000_000), recommended)
        batch.rows[Thread].append((*row, stamp(times[-1]), told.authors[-1]))
        if not is_hidden:
            batch.threads[told.board] = batch.threads.get(told.board, 0) + 1
            batch.posts[told.board] = batch.posts.get(told.board, 0) + len(times) - told.hidden

    def _watches(self, batch: Batch, told: Telling) -> None:
        """Let those who wrote in a thread of the last year watch it."""
        for author in dict.fromkeys(told.authors):
            batch.rows[Watch].append((self.ids.take("watch"), author, told.thread, stamp(told.begun)))


def _times(rng: random.Random, begun: datetime, count: int, now: datetime) -> list[datetime]:
    """Return when each post was written: with pauses of a heavy tail, in whole seconds, none after `now`."""
    offsets = [0.0, *accumulate(rng.lognormvariate(8.2, 1.5) for _reply in range(count - 1))]
    room = (now - begun).total_seconds() - 3600
    scale = min(1.0, max(room, 0) / offsets[-1]) if offsets[-1] else 1.0
    start = begun.astimezone(UTC).replace(microsecond=0)
    return [start + timedelta(seconds=int(offset * scale)) for offset in offsets]
