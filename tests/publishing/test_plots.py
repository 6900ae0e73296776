"""Bars stand in proportion, and what is not there leaves its place empty."""

from hypothesis import given
from hypothesis import strategies as st

from forum.publishing.plots import HEIGHT, WIDTH, bars


def test_highest_bar_fills_the_height_and_says_what_it_stands_for() -> None:
    plot = bars([5, None, 10], ["1", "2", "3"], ["one", "two", "three"], ["5 h", "—", "10 h"])
    assert [bar.height for bar in plot.bars] == [HEIGHT // 2, 0, HEIGHT]
    assert plot.most == "10 h"
    assert plot.has_bars


def test_nothing_draws_nothing() -> None:
    assert not bars([], [], [], []).has_bars
    assert not bars([0, None], ["1", "2"], ["one", "two"], ["0", "—"]).has_bars


@given(st.lists(st.none() | st.floats(0, 1e9), min_size=1, max_size=40))
def test_every_bar_stays_within_the_drawing_and_can_be_seen(values: list[float | None]) -> None:
    words = [str(value) for value in values]
    for bar, value in zip(bars(values, words, words, words).bars, values, strict=True):
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH + 1
        assert bar.y + bar.height == HEIGHT
        assert bool(bar.height) == bool(value)
