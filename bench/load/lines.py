"""The lines of the table: what was measured of one scenario in each round, and what it is to reach."""

from dataclasses import dataclass, field
from statistics import median
from typing import Any

from bench.load.wrk import Answered


@dataclass(slots=True)
class Line:
    """One scenario of one reader. `least` is a part of the yardstick, `most` are milliseconds at p50 and p99."""

    scenario: str
    reader: str
    yardstick: str = ""
    least: float = 0.0
    most: tuple[float, float] = (0.0, 0.0)
    tail: float = 0.0  # how many times p50 the p99 may be
    queries: int = 0
    most_queries: int = 0
    size: int = 0
    status: int = 200
    expected: int = 200
    answers: list[Answered] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)  # milliseconds of all processes of the server, per request

    processor_ratios: list[float] = field(default_factory=list)
    tails: list[float] = field(default_factory=list)  # of the yardstick beside it: how many times its p50 its p99 was

    def add(self, answered: Answered, processor: float, yardstick: float = 0.0) -> None:
        """Add what a round gave, beside the rate of the yardstick at that moment."""
        self.answers.append(answered)
        self.processor.append(processor * 1000 / max(1, answered.requests))
        if yardstick:
            self.ratios.append(answered.rate / yardstick)

    def middle(self, name: str) -> float:
        """Return the median of what all rounds gave of one value."""
        return float(median(getattr(one, name) for one in self.answers))

    @property
    def problems(self) -> list[str]:
        """What was asked for and not reached, in words; nothing where all was."""
        p50, p99 = self.middle("p50"), self.middle("p99")
        tails = f"{p99 / max(0.001, p50):.1f}, {self.yardstick} itself {self._tail:.1f}"
        checks = {
            f"≥ {self.least:g} × {self.yardstick}": not self.least or median(self.ratios) >= self.least,
            f"p99 ≤ {self.tail:g} × p50 ({tails})": not self.tail or p99 <= self.tail * p50,
            f"p50 ≤ {self.most[0]:g} ms": not self.most[0] or p50 <= self.most[0],
            f"p99 ≤ {self.most[1]:g} ms": not self.most[1] or p99 <= self.most[1],
            f"≤ {self.most_queries} queries": not self.most_queries or self.queries <= self.most_queries,
            f"answer {self.expected}": self.status == self.expected,
            "no refused request": not any(one.refused for one in self.answers),
            "no broken connection": not any(one.broken for one in self.answers),
        }
        return [words for words, is_met in checks.items() if not is_met]

    @property
    def _tail(self) -> float:
        return median(self.tails) if self.tails else 0.0

    @property
    def target(self) -> str:
        """What it is to reach, in words."""
        words = [f"≥ {self.least:g} × {self.yardstick}"] if self.least else []
        words += [f"p99 ≤ {self.tail:g} × p50"] if self.tail else []
        words += [f"p50 ≤ {self.most[0]:g} ms"] if self.most[0] else []
        words += [f"p99 ≤ {self.most[1]:g} ms"] if self.most[1] else []
        words += [f"≤ {self.most_queries} queries"] if self.most_queries else []
        return ", ".join(words)

    def cells(self) -> list[str]:
        """Return the line of the table."""
        rates = sorted(one.rate for one in self.answers)
        ratio = ""
        if self.ratios:
            ratio = f"**{median(self.ratios):.2f}** ({min(self.ratios):.2f}–{max(self.ratios):.2f}) {self.yardstick}"
        met = "" if not self.target else "yes" if not self.problems else f"no: {', '.join(self.problems)}"
        if not self.target and self.problems:
            met = ", ".join(self.problems)
        return [
            self.scenario,
            self.reader,
            f"{median(rates):,.0f} ({rates[0]:,.0f}–{rates[-1]:,.0f})",
            ratio,
            f"{self.middle('p50'):.1f}",
            f"{self.middle('p99'):.1f}",
            f"{median(self.processor):.2f}",
            f"{median(self.processor_ratios):.2f}" if self.processor_ratios else "",
            str(self.queries or ""),
            f"{self.size:,}" if self.size else "",
            self.target,
            met,
        ]

    def plain(self) -> dict[str, Any]:
        """Return what `bench.load.compare` keeps of it."""
        return {
            "scenario": self.scenario,
            "reader": self.reader,
            "rate": self.middle("rate"),
            "ratio": median(self.ratios) if self.ratios else None,
            "p50": self.middle("p50"),
            "p99": self.middle("p99"),
            "processor": median(self.processor),
            "processor_ratio": median(self.processor_ratios) if self.processor_ratios else None,
            "queries": self.queries,
            "bytes": self.size,
        }
