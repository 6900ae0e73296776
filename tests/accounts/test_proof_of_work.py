"""The small sum before a sign-up: right or wrong, in time, once."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from accounts import proof_of_work
from tests.sums import solve

pytestmark = pytest.mark.django_db
BITS = 4


@pytest.fixture(autouse=True)
def _small_sums(settings: Settings) -> None:
    settings.PROOF_OF_WORK_BITS = BITS


def test_a_right_solution_counts_once() -> None:
    challenge = proof_of_work.new_challenge()
    solution = solve(challenge, BITS)
    assert proof_of_work.is_proven(challenge, solution)
    assert proof_of_work.is_proven(challenge, solution)
    assert proof_of_work.spend(challenge, solution)
    assert not proof_of_work.spend(challenge, solution)


def test_another_solution_of_a_spent_challenge_does_not_count() -> None:
    challenge = proof_of_work.new_challenge()
    first = solve(challenge, BITS)
    assert proof_of_work.spend(challenge, first)
    other = solve(challenge, BITS + 2)
    assert other != first
    assert not proof_of_work.spend(challenge, other)


def test_a_solution_of_one_challenge_does_not_fit_another() -> None:
    solution = solve(proof_of_work.new_challenge(), BITS + 4)
    assert not proof_of_work.is_proven(proof_of_work.new_challenge(), solution)


@pytest.mark.parametrize(
    "solution", ["", "0", ",".join("0" * 16), ",".join(["-1"] * 16), ",".join("九" * 16), "1," * 999]
)
def test_what_is_no_solution_is_none(solution: str) -> None:
    assert not proof_of_work.is_proven(proof_of_work.new_challenge(), solution)


@pytest.mark.parametrize("challenge", ["", "made.0:up:here", "x" * 5000])
def test_only_our_own_challenges_count(challenge: str) -> None:
    assert not proof_of_work.is_proven(challenge, solve(challenge, BITS))


def test_nobody_makes_a_challenge_easier() -> None:
    challenge = proof_of_work.new_challenge().replace(f".{BITS}:", ".0:")
    assert not proof_of_work.is_proven(challenge, solve(challenge, 0))


def test_a_solution_comes_in_time() -> None:
    challenge = proof_of_work.new_challenge()
    solution = solve(challenge, BITS)
    with time_machine.travel(timezone.now() + timedelta(seconds=proof_of_work.LASTS + 5)):
        assert not proof_of_work.is_proven(challenge, solution)


def test_zero_bits_are_counted_from_the_left() -> None:
    counted = [proof_of_work.zero_bits(digest) for digest in (b"\xff", b"\x0f\xff", b"\x00\x01", b"\x00\x00")]
    assert counted == [0, 4, 15, 16]
