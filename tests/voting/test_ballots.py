"""Receipts, valid choices and the seal over all ballots."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.voting.ballots import is_valid, receipt_of, seal_of, tidy_receipt


def test_a_form_has_one_receipt_and_two_forms_have_two() -> None:
    mark = uuid4()
    assert receipt_of(7, mark) == receipt_of(7, mark)
    assert len({receipt_of(7, mark), receipt_of(8, mark), receipt_of(7, uuid4())}) == 3


@given(st.uuids())
def test_a_receipt_is_found_however_it_is_typed(mark: UUID) -> None:
    receipt = receipt_of(1, mark)
    assert len(receipt) == 24
    assert tidy_receipt(receipt) == receipt
    assert tidy_receipt(" " + receipt.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == receipt


@pytest.mark.parametrize(
    ("choices", "valid"), [([1], True), ([2, 1], True), ([], False), ([1, 1], False), ([9], False), ([1, 2, 3], False)]
)
def test_choices_are_different_ones_of_those_offered(choices: list[int], valid: bool) -> None:
    assert is_valid(choices, offered=[1, 2, 3], most=2) is valid


def test_the_seal_does_not_follow_the_order_but_every_ballot() -> None:
    rows = [("A", [1]), ("B", [2, 1])]
    assert seal_of(rows) == seal_of(rows[::-1])
    assert len({seal_of(rows), seal_of(rows[:1]), seal_of([("A", [1]), ("B", [1, 2])])}) == 3
