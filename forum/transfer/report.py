"""What came in and what could not: kept during the run, told at its end."""

import sys
import time
from dataclasses import dataclass, field
from typing import TextIO

COUNTS = {
    "threads": "threads",
    "posts": "posts",
    "authors": "authors",
    "addressed": "posts that address another",
    "recommendations": "earlier recommendations",
    "edited": "edited posts",
    "hidden": "hidden posts",
    "acts": "acts of moderators",
    "gaps": "threads with gaps in their numbers",
    "boards": "new boards",
}


@dataclass
class Report:
    """Counts of what this run brought in, and one line for each thing it could not."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    known: int = 0  # threads that were here, and whole, before
    problems: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def problem(self, file: str, why: str) -> None:
        """Remember something that should have come in and could not."""
        self.problems.append(f"{file}: {why}")

    def leave_out(self, file: str, why: str) -> None:
        """Remember something that is not meant to come in."""
        self.left_out.append(f"{file}: {why}")

    def add(self, counts: dict[str, int]) -> None:
        """Count what a batch brought."""
        for name, number in counts.items():
            self.counts[name] += number

    def lines(self) -> list[str]:
        """Return the report as lines to print."""
        width = max(len(f"{number:,}") for number in self.counts.values())
        lines = ["Came in:"] + [f"  {self.counts[name]:>{width},} {words}" for name, words in COUNTS.items()]
        if self.known:
            lines.append(f"Was here before: {self.known:,} threads.")
        for words, found in (("Left out on purpose", self.left_out), ("Could not come in", self.problems)):
            if found:
                lines += [f"{words} ({len(found):,}):", *(f"  {line}" for line in found)]
        return lines


class Bar:
    """How far the run is, on one line of a terminal; elsewhere a line for each tenth."""

    WIDTH = 30

    def __init__(self, out: TextIO = sys.stderr, pause: float = 0.1) -> None:
        """Draw on `out`, in a terminal at most once in `pause` seconds."""
        self.out, self.live, self.pause = out, out.isatty(), pause
        self.started, self.drawn, self.tenth, self.line = time.monotonic(), 0.0, 0, ""

    def show(self, what: str, done: float, report: Report) -> None:
        """Draw the bar: `what` is going on, `done` of it from 0 to 1."""
        now, posts = time.monotonic(), report.counts["posts"]
        rate = posts / max(now - self.started, 0.001)
        text = f"{what} {done:4.0%}  {report.counts['threads']:,} threads  {posts:,} posts  {rate:,.0f}/s"
        full = int(self.WIDTH * done)
        self.line = f"\r[{'#' * full}{'.' * (self.WIDTH - full)}] {text}\033[K"
        if self.live and now - self.drawn >= self.pause:
            self.drawn = now
            self.out.write(self.line)
        elif not self.live and int(done * 10) != self.tenth:
            self.tenth = int(done * 10)
            self.out.write(f"{text}\n")
        self.out.flush()

    def close(self) -> None:
        """Draw how far it came, and leave the line."""
        if self.live and self.line:
            self.out.write(f"{self.line}\n")
            self.out.flush()
