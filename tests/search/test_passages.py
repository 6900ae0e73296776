"""Passages: the words that were looked for are marked where they stand, and nothing else is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.search.parsing import parse
from forum.search.passages import Needles, Piece, marked, passage
from forum.text.tokens import fold


def shown(pieces: list[Piece]) -> str:
    """Return the pieces as one line, the matches in brackets."""
    return "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in pieces)


def found(query: str, text: str) -> str:
    return shown(marked(text, Needles(parse(query).node)))


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("橋", "三塊板的橋。", "三塊板的[橋]。"),
        ("俄罗斯", "白俄羅斯與俄羅斯", "白[俄羅斯]與[俄羅斯]"),
        ("bridge", "Bridges and a BRIDGE, abridged", "[Bridges] and a [BRIDGE], abridged"),
        ('"bridge"', "Bridges and a bridge", "Bridges and a [bridge]"),
        ('"a bridge"', "It is a  bridge", "It is [a  bridge]"),
        ("cafe", "Café", "[Café]"),
        ("C++", "C, C# and C++.", "C, C# and [C++]."),
        ("2024", "12024 or ２０２４", "12024 or [２０２４]"),
        ("a -b", "a b", "[a] b"),
        ("a OR b", "a b c", "[a] [b] c"),
        ("me@example.org", "Write to me@example.org!", "Write to [me@example.org]!"),
        ("🙂", "well 🙂", "well [🙂]"),
        ("<b>", "a <b>c</b>", "a <[b]>c</[b]>"),
        ("nothing", "a text", "a text"),
        ("橋 三塊", "三塊板的橋", "[三塊]板的[橋]"),
        ("塊板 三塊", "三塊板", "[三塊板]"),
    ],
)
def test_matches_are_marked_in_the_original(query: str, text: str, expected: str) -> None:
    assert found(query, text) == expected


def cut(query: str, text: str, length: int = 20) -> str:
    return shown(passage(text, Needles(parse(query).node), length))


def test_a_passage_begins_with_a_sentence_and_ends_with_a_word() -> None:
    text = "前面有很長的一段文字說別的事情。" * 5 + "渡口有一座橋，橋有三塊板，走過的人很多，也有人不走。後面還有。"
    assert cut("三塊板", text, 27) == "…渡口有一座橋，橋有[三塊板]，走過的人很多，也有人不走。…"
    text = "Something else is told at length. " * 5 + "At the ferry stands a bridge of three planks, as we know."
    assert cut("planks", text) == "…a bridge of three [planks], as we know."
    assert cut("planks", text, 30) == "…At the ferry stands a bridge of three [planks], as we know."


def test_a_passage_of_a_long_sentence_begins_at_a_border() -> None:
    text = "一二三四五六七八九十" * 6 + "，二十里外有橋"
    assert cut("橋", text) == "…二十里外有[橋]"
    text = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen bridge"
    assert cut("bridge", text) == "…twelve thirteen fourteen fifteen [bridge]"
    assert cut("橋", "字" * 100 + "橋", 40) == "…" + "字" * 39 + "[橋]"


def test_the_passage_with_the_most_words_is_shown() -> None:
    text = "There is a bridge.\nNothing here.\nA bridge of three planks."
    assert cut("three bridge planks", text) == "…A [bridge] of [three] [planks]."


def test_without_a_match_the_beginning_is_shown() -> None:
    assert cut("ferry", "A bridge of three planks.") == "A bridge of three planks."
    assert cut("", "A bridge of three planks.") == "A bridge of three planks."


@given(st.text(max_size=60), st.text(min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_marking_changes_no_text_and_marks_only_what_folds_to_the_query(text: str, query: str) -> None:
    pieces = marked(text, Needles(parse(f'"{query}"').node))
    assert "".join(piece.text for piece in pieces) == text
    wanted = fold(" ".join(query.split())).strip()
    for piece in pieces:
        if piece.is_match and parse(f'"{query}"').node:
            assert "".join(wanted.split()) in "".join(fold(piece.text).split()) or '"' in query
