"""Numbers of posts as people write them, and as the record keeps them."""

import pytest

from forum.text.ranges import as_ranges, read_ranges, within


def test_what_people_write_is_read() -> None:
    assert read_ranges("5-9, 12 3～4") == [(5, 9), (12, 12), (3, 4)]
    assert within(read_ranges("9-5, 12, 6"), last=8) == [5, 6, 7, 8]


@pytest.mark.parametrize("text", ["five", "5-", "5--9", ", ".join(["1"] * 101)])
def test_anything_else_and_too_much_of_it_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        read_ranges(text)


def test_the_record_may_name_as_many_as_there_are_numbers() -> None:
    odd = list(range(1, 999, 2))
    assert within(read_ranges(as_ranges(odd), most=999), last=999) == odd
