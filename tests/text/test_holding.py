"""Words and patterns that hold a text."""

import time

import pytest

from forum.text.holding import pattern_problems, patterns_in, words_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Buy CASINO chips", ["casino"]),
        ("ＣＡＳＩＮＯ", ["casino"]),
        ("我去casino了", ["casino"]),
        ("casinos and occasinoes", []),
        ("這是博弈廣告", ["博弈"]),
        ("nothing", []),
        ("occasino, casino", ["casino"]),
    ],
)
def test_a_word_is_found_in_any_case_but_not_within_a_longer_latin_one(text: str, found: list[str]) -> None:
    assert words_in(text, "casino\n\n博弈\n") == found


def test_a_pattern_is_found_in_any_case() -> None:
    assert patterns_in("Call 0912-345-678 or LINE", r"09\d{2}-?\d{3}-?\d{3}" "\nline|telegram\nwhatsapp") == [
        r"09\d{2}-?\d{3}-?\d{3}",
        "line|telegram",
    ]


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        (r"(a)\1", "run away"),
        ("(?=a)b", "run away"),
        ("(?<!a)b", "run away"),
        ("((a{500}){500}){500}", "run away"),
        ("(a{1000}b{1000}){10}", "run away"),
        ("(a", "not a pattern"),
        ("[a", "not a pattern"),
        ("a*", "every text"),
        ("a|", "every text"),
        ("a" * 201, "at most 200"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_refused_with_its_line(pattern: str, word: str) -> None:
    problems = list(pattern_problems(f"fine\n\n{pattern}"))
    assert len(problems) == 1
    assert problems[0].startswith("Line 3:")
    assert word in problems[0]


def test_more_patterns_than_anybody_reads_are_refused() -> None:
    assert list(pattern_problems("\n".join(f"word{number}" for number in range(101))))


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(.*a){20}"])
def test_a_pattern_that_ran_away_elsewhere_takes_no_time(pattern: str) -> None:
    began = time.perf_counter()
    patterns_in("a" * 40_000 + "!", pattern)
    assert time.perf_counter() - began < 1
