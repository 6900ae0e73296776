"""How much of a repost is the writer's own."""

import pytest

from forum.text.reposts import own_characters


@pytest.mark.parametrize(
    ("source", "own"),
    [
        ("> 別人的話\n\n我的話", 3),
        ("Mine.\n\n> Theirs\nstill theirs\n\nAnd mine", 12),
        ("https://example.org/a/long/address", 0),
        ("[mine](https://example.org/)", 4),
        ("```\ncode\n```", 0),
        ("![a picture](https://example.org/a.png)", 0),
        ("> > nested\n>\n> quoted", 0),
        ("", 0),
    ],
)
def test_only_words_outside_of_quotations_are_ones_own(source: str, own: int) -> None:
    assert own_characters(source) == own
