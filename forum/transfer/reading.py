"""All topics of an archive, one after the other, from both layouts."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from forum.transfer import discourse
from forum.transfer.report import Report
from forum.transfer.sources import Source
from forum.transfer.spool import Spool
from forum.transfer.topics import LeftOut, Topic, Unreadable


class Reading:
    """One walk through an archive. `names` are the categories it names, known for sure when the walk is over."""

    def __init__(self, source: Source, report: Report, tick: Callable[[str, float], None]) -> None:
        """Take what to read, whom to tell of what cannot be, and whom to tell what is going on and how far it is."""
        self.source, self.report, self.tick = source, report, tick
        self.names: dict[int, str] = {}

    def topics(self) -> Iterator[Topic]:
        """Return every topic that could be read: topic files as they come, then what post files make up."""
        with Spool() as spool:
            for file, content in self.source.files():
                yield from self._read(file, content, spool)
                self.tick("Reading", self.source.done)
            for topic_id, posts in spool.topics():
                yield from self._gather(topic_id, posts)
                self.tick("Putting posts together", spool.done)

    def _read(self, file: str, content: bytes, spool: Spool) -> Iterator[Topic]:
        try:
            data = json.loads(content)
        except (ValueError, RecursionError) as error:
            self.report.problem(file, f"is not JSON: {error}")
            return
        for piece in data if isinstance(data, list) else [data]:
            if discourse.is_topic(piece):
                yield from self._topic(file, piece)
            elif discourse.is_post(piece):
                spool.add(piece["topic_id"], _number(piece), file, piece)
            elif names := discourse.category_names(piece):
                self.names |= names
            else:
                self.report.problem(file, "is neither a topic nor a post")

    def _topic(self, file: str, data: dict[str, Any]) -> Iterator[Topic]:
        try:
            yield discourse.read_topic(data, file, lambda why: self.report.leave_out(file, why))
        except Unreadable as why:
            self.report.problem(file, str(why))
        except LeftOut as why:
            self.report.leave_out(file, str(why))

    def _gather(self, topic_id: int, posts: list[tuple[str, dict[str, Any]]]) -> Iterator[Topic]:
        try:
            topic = discourse.topic_of_posts(topic_id, posts)
        except Unreadable as why:
            self.report.problem(posts[0][0], f"topic {topic_id}: {why}")
            return
        except LeftOut as why:
            self.report.leave_out(posts[0][0], f"topic {topic_id} {why}")
            return
        for file, data in posts:
            self._add(topic, file, data)
        discourse.take_states_from_acts(topic)
        if topic.entries:
            yield topic

    def _add(self, topic: Topic, file: str, data: dict[str, Any]) -> None:
        try:
            discourse.add_entry(topic, data, lambda why: self.report.leave_out(file, why))
        except Unreadable as why:
            self.report.problem(file, str(why))


def _number(post: dict[str, Any]) -> int:
    number = post["post_number"]
    return number if isinstance(number, int) and abs(number) < 2**31 else 0
