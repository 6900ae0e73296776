"""The run: topics in batches, each batch written at once, whatever happens to the others."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from django.db import transaction

from forum import events
from forum.transfer.addresses import Addresses, host_in
from forum.transfer.drafting import draft, find_missing
from forum.transfer.people import People
from forum.transfer.places import Place
from forum.transfer.reading import Reading
from forum.transfer.report import Report
from forum.transfer.sources import Source
from forum.transfer.topics import Topic
from forum.transfer.writing import write

# A batch is written in well under a second, so that a site in use hardly waits for it.
BATCH_TOPICS, BATCH_POSTS = 60, 400
PEEKED = 200  # files in which the old forum's host is looked for

Show = Callable[[str, float, Report], None]


class MovingIn:
    """Brings one archive into one city. May be stopped at any time and run again: it adds what is missing."""

    def __init__(self, source: Source, place: Place, *, host: str = "") -> None:
        """Take the archive and where it goes; the old forum's `host` is found in the archive when not given."""
        self.source, self.place = source, place
        self.people = People(place.archive)
        self.report = Report()
        self.source.problem = self.report.problem
        self.addresses = Addresses(host or _host_of(source.path), self.people.username_for)

    def run(self, show: Show) -> Report:
        """Bring everything in and return the report; `show` hears how far it is.

        A KeyboardInterrupt passes through after what came in has been put in order.
        """
        reading = Reading(self.source, self.report, lambda what, done: show(what, done, self.report))
        try:
            for batch in in_batches(reading.topics()):
                self.bring_in(batch)
        finally:
            self.put_in_order(reading.names)
        return self.report

    def bring_in(self, topics: list[Topic]) -> None:
        """Bring in a batch of topics; when anything at all is wrong with it, one by one."""
        try:
            self._bring_in(topics)
        except Exception as error:
            # Nothing of the batch was written. A topic that nobody foresaw must not keep the others out.
            if len(topics) > 1:
                for topic in topics:
                    self.bring_in([topic])
            else:
                what = f"{type(error).__name__}: {error}".splitlines()[0]
                self.report.problem(topics[0].file, f"topic {topics[0].source_id} was refused ({what})")

    def _bring_in(self, topics: list[Topic]) -> None:
        trial = Report()
        found = find_missing(self.place.archive, topics, trial)
        authors = self.people.bring_in(entry for missing in found for entry in missing.entries)
        self.report.add({"authors": authors})
        drafts = [draft(missing, self.place, self.people, self.addresses) for missing in found]
        if drafts:
            self.report.add(write(drafts, self.people, by=self.place.mayor))
        self.report.known += trial.known
        self.report.problems += trial.problems

    @transaction.atomic
    def put_in_order(self, names: dict[int, str]) -> None:
        """Name boards, date people and places by what is in them, and record the run when it brought something."""
        place, counts = self.place, self.report.counts
        place.name_boards({**names, **place.names}, all_of_them=False)
        place.name_boards(place.names, all_of_them=True)
        counts["boards"] = len(place.made)
        if not counts["posts"] and not counts["acts"]:
            return
        self.people.date()
        place.date()
        events.record(
            "city.imported", by=place.mayor, city=place.city, threads=counts["threads"], posts=counts["posts"]
        )


def in_batches(topics: Iterable[Topic]) -> Iterator[list[Topic]]:
    """Return the topics in batches of a size that is quickly written; a topic that comes twice opens the next one."""
    batch: list[Topic] = []
    posts, ids = 0, set[int]()
    for topic in topics:
        if batch and (len(batch) >= BATCH_TOPICS or posts >= BATCH_POSTS or topic.source_id in ids):
            yield batch
            batch, posts, ids = [], 0, set()
        batch.append(topic)
        posts += len(topic.entries)
        ids.add(topic.source_id)
    if batch:
        yield batch


def _host_of(path: Path) -> str:
    """Return the host of the old forum, as the first files of the archive tell it, or ""."""
    first = islice(Source(path, lambda file, why: None).files(), PEEKED)
    return next((host for _, content in first if (host := host_in(content))), "")
