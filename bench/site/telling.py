"""One thread while it is written: its posts, their versions and recommendations, and what happened when."""

import json
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

from django.db import models

from bench.site.corpus import CHINESE, ENGLISH, Corpus
from bench.site.links import Linked, Version
from forum.events.chain import event_content_hash, event_hash, revision_content_hash, revision_hash
from forum.events.kinds import KINDS
from forum.models import Event, Post, Recommendation, Revision, Thread, Watch
from forum.text.excerpts import excerpt
from forum.text.markdown import RENDERER_VERSION

Row = tuple[Any, ...]
WHY = "這樣大家找得到。 So that everybody finds it."


@dataclass(slots=True)
class Place:
    """A city as the writer knows it: who lives there (the mayor first), and the end of its chain."""

    pk: int
    citizens: list[int]
    length: int = 0
    head: str = ""
    shares: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Let few write much and many little."""
        self.shares = list(accumulate(1 / (number + 2) ** 0.7 for number in range(len(self.citizens))))


@dataclass(slots=True)
class Ids:
    """The next id of each table."""

    next: dict[str, int]

    def take(self, table: str, count: int = 1) -> int:
        """Return the first of so many ids that nobody has."""
        number = self.next[table]
        self.next[table] = number + count
        return number


@dataclass(slots=True)
class Batch:
    """What one batch adds: rows by table, and by board how many threads and posts that are shown."""

    rows: dict[type[models.Model], list[Row]] = field(
        default_factory=lambda: {one: [] for one in (Thread, Post, Revision, Recommendation, Event, Watch)}
    )
    threads: dict[int, int] = field(default_factory=dict)
    posts: dict[int, int] = field(default_factory=dict)


def stamp(at: datetime) -> str:
    """Return a time in UTC as both databases take it."""
    return at.isoformat(" ")[:19]  # a tenth of the time that strftime takes


@dataclass(slots=True)
class Telling:
    """One thread while it is written."""

    corpus: Corpus
    batch: Batch
    ids: Ids
    now: datetime
    begun: datetime
    rng: random.Random
    place: Place
    thread: int
    board: int
    language: str
    title: str = ""
    excerpt: str = ""
    authors: list[int] = field(default_factory=list)
    hidden: int = 0
    opener_recommendations: int = 0
    events: list[Linked] = field(default_factory=list)

    def posts(self, times: list[datetime]) -> None:
        """Write the posts, and who wrote them."""
        place = self.place
        self.authors = self.rng.choices(place.citizens, cum_weights=place.shares, k=len(times))
        first = self.ids.take("post", len(times))
        for position, (author, at) in enumerate(zip(self.authors, times, strict=True)):
            self._post(first + position, position + 1, author, at)

    def _post(self, pk: int, number: int, author: int, at: datetime) -> None:
        rng, rows = self.rng, self.batch.rows
        chance = rng.random()
        language = self.language if chance < 0.9 else ENGLISH if self.language == CHINESE else CHINESE
        body, html = self.corpus.text(rng, language)
        title = self.title if number == 1 else ""
        edits = 0 if rng.random() > 0.06 else 1 + (rng.random() < 0.25)
        latest = self._versions(pk, number, author, at, title, body, edits)
        edited = at + timedelta(minutes=7 * edits)
        recommendations = self._recommend(pk, number, author, latest, edited)
        is_hidden = number > 1 and rng.random() < 0.004
        if is_hidden:
            self.hidden += 1
            self.act("post.hidden", edited + timedelta(hours=1), pk, number)
        if number == 1:
            self.excerpt, self.opener_recommendations = excerpt(body, 90), recommendations
        to = max(1, number - 1 - int(rng.expovariate(0.3))) if number > 1 and chance < 0.4 else None
        row: Row = (pk, self.thread, number, author, to and pk - number + to, to, title, body, html, RENDERER_VERSION)
        row += (language, stamp(at), stamp(edited) if edits else None, 1 + edits, is_hidden, recommendations)
        rows[Post].append(row)

    def _versions(self, pk: int, number: int, author: int, at: datetime, title: str, body: str, edits: int) -> int:
        """Write every version of the post, of which the earlier ones lack their last words; return the latest's id."""
        previous, latest = "", 0
        for edit in range(edits + 1):
            text = body if edit == edits else body[: len(body) - 3 * (edits - edit)].rstrip() or body
            reason = "typo" if edit else ""
            when = at + timedelta(minutes=7 * edit)
            version = Version(pk, edit + 1, author, title, text, reason, when, f"{self.rng.getrandbits(128):032x}")
            version.content_hash = revision_content_hash(version)  # type: ignore[arg-type]
            previous = revision_hash(previous, version)  # type: ignore[arg-type]
            latest = self.ids.take("revision")
            row = (latest, pk, edit + 1, author, title, text, reason, stamp(when))
            self.batch.rows[Revision].append((*row, version.salt, version.content_hash, previous))
            data: dict[str, Any] = {"number": number, "anchor": previous}
            if number == 1 and not edit:
                data["title"] = title
            kind = "post.edited" if edit else "thread.created" if number == 1 else "post.created"
            self._happened(kind, author, when, pk, reason, data)
        return latest

    def _recommend(self, pk: int, number: int, author: int, revision: int, since: datetime) -> int:
        """Let some citizens recommend the post: many an opener, few others; return how many did."""
        rng, place = self.rng, self.place
        if number == 1:
            count = int(rng.paretovariate(0.9)) - 1 + (rng.random() < 0.5)
        else:
            count = 0 if rng.random() < 0.72 else int(rng.paretovariate(1.5))
        count = min(count, 150, len(place.citizens) - 1)
        if not count:
            return 0
        people = [one for one in rng.sample(place.citizens, count) if one != author]
        latest = (self.now - since).total_seconds()
        for user in people:
            at = since + timedelta(seconds=int(min(rng.expovariate(1 / 200_000), latest)))
            row = (self.ids.take("recommendation"), pk, user, revision, stamp(at))
            self.batch.rows[Recommendation].append(row)
            self._happened("post.recommended", user, at, pk, "", {"number": number})
        return len(people)

    def act(self, kind: str, at: datetime, post: int | None = None, number: int = 0) -> None:
        """Let the mayor do something to the thread or a post of it."""
        self._happened(kind, self.place.citizens[0], at, post, WHY, {"number": number} if number else {})

    def _happened(
        self, kind: str, actor: int, at: datetime, post: int | None, reason: str, data: dict[str, Any]
    ) -> None:
        meaning = KINDS[kind]
        at = min(at, self.now)
        event = Linked(kind, actor, self.place.pk, self.board, self.thread, post, reason, data, at)
        event.in_log, event.in_thread = meaning.in_log, meaning.in_thread
        self.events.append(event)

    def link_events(self) -> None:
        """Give the events of the thread their places at the end of the city's chain."""
        place, rows = self.place, self.batch.rows[Event]
        for event in sorted(self.events, key=lambda one: one.created_at):
            place.length += 1
            event.position, event.salt = place.length, f"{self.rng.getrandbits(128):032x}"
            event.content_hash = event_content_hash(event)  # type: ignore[arg-type]
            place.head = event_hash(place.head, event)  # type: ignore[arg-type]
            data = json.dumps(event.data, ensure_ascii=False)
            row: Row = (self.ids.take("event"), event.kind, event.actor_id, place.pk, self.board, self.thread)
            row += (event.post_id, event.reason, data, event.in_log, event.in_thread, place.length)
            rows.append((*row, event.salt, event.content_hash, place.head, stamp(event.created_at)))
