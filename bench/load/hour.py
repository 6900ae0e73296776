"""An hour of load, and what it leaves behind: `make bench PART=hour` with VAR_DIR (and DATABASE_URL) of a site.

The mixture of the table at 16 connections, and as much again of all that a site in the open is asked besides: searches,
feeds, pictures, addresses that there are not, some of absurd length, pages that only robots open. Each minute it notes
what memory each worker has, and every five minutes how fast the site answered.
"""

import argparse
import json
import os
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from statistics import linear_regression, mean

import django
from django.db import connection

from bench.load import servers
from bench.load.wrk import Answered, Request, load

CONNECTIONS, WINDOWS, LOOKS = 16, 12, 5  # an hour has twelve windows, with five looks at the memory in each
REQUESTS = 8_000  # in turn; each window draws its own
HEAD = ("requests/s", "p50 ms", "p99 ms", "wrong answers", "broken", "minute", "MB of each worker")
ENOUGH = 2.0  # MB that memory may seem to grow in the second half by chance


@dataclass(frozen=True, slots=True)
class Memory:
    """What each worker holds at a moment, in MB; `parts` count what it shares in part."""

    minute: float
    held: dict[int, float]
    parts: dict[int, float]

    @property
    def words(self) -> str:
        """How it stands in the table."""
        return " · ".join(f"{self.held[pid]:.0f} ({self.parts[pid]:.0f})" for pid in sorted(self.held))


type Draw = Callable[[random.Random], list[Request]]


@dataclass(slots=True)
class Hour:
    """A run: the looks at the memory, and how the site answered in each window."""

    minutes: float
    server: servers.Server
    looks: list[Memory] = field(default_factory=list)
    windows: list[tuple[Answered, Memory]] = field(default_factory=list)

    def run(self, draw: Draw) -> None:
        """Load the site, and look at it meanwhile."""
        begun = time.monotonic()
        for number in range(WINDOWS):
            requests, end = draw(random.Random(number)), begun + (number + 1) * self.minutes * 60 / WINDOWS
            seconds = max(LOOKS, end - time.monotonic())
            with ThreadPoolExecutor(1) as beside:
                answer = beside.submit(
                    load, self.server.port, requests, seconds=seconds, connections=CONNECTIONS, statuses=True
                )
                for _look in range(LOOKS):
                    time.sleep(seconds * 0.98 / LOOKS)
                    self.looks.append(self._look((time.monotonic() - begun) / 60))
            self.windows.append((answer.result(), self.looks[-1]))
            print(_row(self._cells(number)), flush=True)

    def _look(self, minute: float) -> Memory:
        found = {pid: servers.memory_of(pid) for pid in self.server.workers}
        return Memory(minute, {pid: one[0] for pid, one in found.items()}, {pid: one[1] for pid, one in found.items()})

    def _cells(self, number: int) -> list[str]:
        answered, memory = self.windows[number]
        values = (answered.wrong, answered.broken, f"{memory.minute:.0f}", memory.words)
        return [f"{answered.rate:.0f}", f"{answered.p50:.0f}", f"{answered.p99:.0f}", *map(str, values)]

    @property
    def growth(self) -> float:
        """MB that a worker gained in the second half, by the straight line through all looks."""
        half = self.looks[len(self.looks) // 2 :]
        line = linear_regression([one.minute for one in half], [mean(one.held.values()) for one in half])
        return float(line.slope) * (half[-1].minute - half[0].minute)

    def words(self) -> str:
        """Return what is to be said of it, in Markdown."""
        most = max(max(one.held.values()) for one in self.looks)
        verdict = "grows" if self.growth > ENOUGH else "does not grow"
        rows = [_row(HEAD), _row(["---"] * len(HEAD)), *(_row(self._cells(number)) for number in range(WINDOWS))]
        said = [
            f"- load: {self.minutes:g} minutes, {CONNECTIONS} connections, "
            f"{sum(one.requests for one, _memory in self.windows):,} requests",
            f"- memory: at most {most:.0f} MB a worker (target 120 MB); it {verdict}: "
            f"{self.growth:+.1f} MB in the second half",
        ]
        return "\n".join([*said, "", *rows, ""])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Run the hour on the site that VAR_DIR and DATABASE_URL name, and write what came out into build/bench/."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--port", type=int, default=8160)
    options = parser.parse_args()
    environment = servers.production(os.environ["VAR_DIR"], os.environ.get("DATABASE_URL", ""), options.workers)
    os.environ.update(environment | {"DJANGO_SETTINGS_MODULE": "forum.settings"})
    django.setup()
    server = servers.site(environment, options.port)
    hour = Hour(options.minutes, server)
    try:
        hour.run(_drawing())
    finally:
        server.stop()
    _write(hour, options.workers)


def _drawing() -> Draw:
    """Return what draws the requests of a window: half of them of people, half of what comes besides."""
    from bench.load import places  # noqa: PLC0415 - they know models, which are loaded by now
    from bench.load.mixture import OpenNet, mixture_of  # noqa: PLC0415

    found = places.find()
    members = places.members(found.thread)
    people, others = mixture_of(found, list(members), places.recommendations(found.thread, members)), OpenNet()

    def draw(rng: random.Random) -> list[Request]:
        asked = [*people.draw(rng, REQUESTS // 2), *(others.draw(rng) for _one in range(REQUESTS // 2))]
        rng.shuffle(asked)
        return asked

    return draw


def _write(hour: Hour, workers: int) -> None:
    from bench.load import table  # noqa: PLC0415

    known = table.facts() | {"workers": f"{workers}; RSS of each in MB, in brackets PSS"}
    text = "\n".join([*(f"- {name}: {words}" for name, words in known.items()), hour.words()])
    table.FOLDER.mkdir(parents=True, exist_ok=True)
    path = table.FOLDER / f"hour_{connection.vendor}_{datetime.now(UTC):%Y%m%d_%H%M%S}"
    path.with_suffix(".md").write_text(text)
    path.with_suffix(".json").write_text(json.dumps([asdict(one) for one in hour.looks], indent=1))
    print(f"\n{text}\n{path}.md")


if __name__ == "__main__":
    main()
