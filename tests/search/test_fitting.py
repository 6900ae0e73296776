"""Whether the words of a post fit, told in Python as PostgreSQL tells it in SQL."""

import pytest

from forum.search.fitting import fitting
from forum.search.matching import Any, Both, Condition, Has, Without

BRIDGE, PLANKS, EITHER = Has(("橋",), ()), Has(("planks",), ()), Has(("boat", "ferry"), ())
TITLED = Has(("橋", "boat"), (), in_title=True)


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        (None, True),
        (BRIDGE, True),
        (EITHER, True),
        (TITLED, False),
        (Has(("木",), (), in_title=True), True),
        (Both((BRIDGE, EITHER)), True),
        (Both((BRIDGE, PLANKS)), False),
        (Any((PLANKS, EITHER)), True),
        (Any((PLANKS, TITLED)), False),
        (Without(PLANKS), True),
        (Both((BRIDGE, Without(Any((PLANKS, EITHER))))), False),
    ],
)
def test_words_fit_as_the_condition_says(condition: Condition | None, fits: bool) -> None:
    assert fitting(condition)("木".encode(), "木 過橋的 ferry".encode()) is fits
