"""Figures as bars: numbers become places in a drawing of fixed size, which a template writes down as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 360, 96  # of the bars; the words below and above have their own room
GAP = 0.28  # of the room of one bar
WIDEST = 48  # of a bar that has much room


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its corner, size and middle in whole units; `height` 0 where there is nothing to draw."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    short: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars on one line, and what the highest one stands for."""

    bars: tuple[Bar, ...]
    most: str
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def has_bars(self) -> bool:
        """Whether there is anything to see."""
        return any(bar.height for bar in self.bars)


def bars(values: Sequence[float | None], short: Sequence[str], labels: Sequence[str], words: Sequence[str]) -> Plot:
    """Return the bars for `values`; `short` stands below each, `labels` and `words` tell of it in full.

    None leaves its place empty. Every value above zero is at least one unit high, so that it can be seen.
    """
    most = max((value or 0 for value in values), default=0)
    room = WIDTH / max(len(values), 1)
    drawn = []
    for place, (value, below, label, said) in enumerate(zip(values, short, labels, words, strict=True)):
        height = max(1, round(HEIGHT * value / most)) if value and most else 0
        width = min(WIDEST, max(1, round(room * (1 - GAP))))
        middle = round((place + 0.5) * room)
        drawn.append(Bar(middle - width // 2, HEIGHT - height, width, height, middle, below, label, said))
    highest = next((bar.words for bar in drawn if bar.height == HEIGHT), "")
    return Plot(tuple(drawn), highest)
