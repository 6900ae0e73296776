"""Series: logs and weekly chats composed from pools of written sentences, always the same ones in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from forum.management.demo.durations import duration
from forum.management.demo.shapes import Post, Thread
from forum.management.demo.threads import recommendations

SLOT = re.compile(r"\{(\w+)\}")
NEWEST = timedelta(minutes=4)


def compose(raw: dict[str, Any], city: str, joined: dict[str, timedelta]) -> list[Thread]:
    """Return the threads of all series of a city; raise ValueError for an unknown slot or too few writers."""
    filler = _Filler(raw, Random(city))
    return [
        _volume(series, index, city, filler, joined) for series in raw["series"] for index in range(series["volumes"])
    ]


class _Filler:
    """Fills slots of templates; every pool is used up before one of its entries comes again."""

    def __init__(self, raw: dict[str, Any], random: Random) -> None:
        self.random = random
        self.ranges: dict[str, list[int]] = raw.get("ranges", {})
        self.pools: dict[str, Iterator[str]] = {name: self._cycle(pool) for name, pool in raw["pools"].items()}

    def _cycle(self, pool: list[str]) -> Iterator[str]:
        last = ""
        while True:
            shuffled = self.random.sample(pool, len(pool))
            if shuffled[0] == last:
                shuffled.reverse()
            yield from shuffled
            last = shuffled[-1]

    def fill(self, template: str, fixed: dict[str, str]) -> str:
        """Return the template with its slots filled, also those inside the sentences that were drawn."""

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name in fixed:
                return fixed[name]
            if name in self.ranges:
                low, high = self.ranges[name]
                return str(self.random.randint(low, high))
            if name not in self.pools:
                raise ValueError(f"no pool or range called {name!r}")
            return self.fill(next(self.pools[name]), fixed)

        return SLOT.sub(value, template)


def _volume(series: dict[str, Any], index: int, city: str, filler: _Filler, joined: dict[str, timedelta]) -> Thread:
    number = series.get("first", 1) + index
    key = f"{series['key']}-{number}"
    random = Random(f"{city}/{key}")
    every = duration(series["every"])
    start = duration(series["ago"]) - index * every
    if start <= NEWEST:
        raise ValueError(f"{city}/{key} starts in the future")
    length = min(every * 0.95, start - NEWEST)
    replies = series["replies"] + random.randrange(-4, 5)
    moments = sorted(random.random() for _ in range(replies))
    writers = series["by"]
    fixed = {"volume": str(number)}
    title = filler.fill(series["title"], fixed)
    posts = [Post(1, writers[index % len(writers)], filler.fill(series["opener"], fixed), start, title)]
    for position, moment in enumerate(moments, start=2):
        here = start - length * moment
        present = [one for one in writers if one != posts[-1].by and joined.get(one, timedelta()) > start]
        if not present:
            raise ValueError(f"{city}/{key}: nobody is there to write")
        author = random.choice(present)
        answers = position > 2 and posts[-1].to is None and random.random() < series.get("answers_share", 0)
        template = random.choice(series["answers"] if answers else series["entries"])
        count = random.choice((0, 0, 0, 0, 0, 0, 0, 0, 1, 2))
        given = recommendations(count, here, author, joined, f"{city}/{key}/{position}")
        body = filler.fill(template, fixed | {"day": str(position - 1)})
        posts.append(Post(position, author, body, here, to=position - 1 if answers else None, recommendations=given))
    views = 90 + 17 * replies + random.randrange(120)
    return Thread(key, series["board"], title, tuple(posts), (), views, composed=True)
