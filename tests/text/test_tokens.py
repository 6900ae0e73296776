"""Texts as search sees them: folded, cut into terms, and found again in their trace."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.text.tokens import MARK, analysed, fold, folded, needed_terms, terms, trace

MIXED = st.text(st.sampled_from("俄羅斯罗國国台臺裏里橋，。「 ab cAé'-+#.@/_:12３Ａｶﾞ\n👍🏽❤\ufe0f가"), max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("俄羅斯", "俄罗斯"),
        ("臺灣", "台湾"),
        ("台北", "臺北"),
        ("裏", "裡"),
        ("羣峯", "群峰"),
        ("為什麼", "为什么"),
        ("Ｐｕｔｉｎ", "putin"),
        ("Café", "CAFE"),
        ("naïve", "naive"),
        ("straße", "STRASSE"),
        ("ﬁne", "fine"),
        ("don’t", "don't"),
        ("２０２４", "2024"),
        ("ｶﾞ", "ガ"),
        ("❤️", "❤"),
        ("soft\u00adware", "software"),
        ("a\u3000b", "a b"),
    ],
)
def test_what_readers_take_for_the_same_is_folded_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("が", "か"), ("橋", "嬌"), ("天", "夭"), ("o", "0"), ("я", "r")])
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.one_of(st.text(max_size=20), MIXED))
def test_every_folded_character_knows_where_it_comes_from(text: str) -> None:
    found = folded(text)
    assert found.text == fold(text)
    assert len(found.offsets) == len(found.text) + 1
    assert list(found.offsets) == sorted(found.offsets)
    assert found.offsets[-1] == len(text)


def test_a_found_part_leads_back_to_the_original() -> None:
    text = "The ﬁne 臺灣 Café"
    found = folded(text)
    start = found.text.index("台湾")
    assert text[slice(*found.span(start, start + 2))] == "臺灣"
    assert text[slice(*found.span(4, 6))] == "ﬁ"
    assert text[slice(*found.span(5, 6))] == "ﬁ"
    assert text[slice(*found.span(found.text.index("cafe"), len(found.text)))] == "Café"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("俄羅斯", {"俄", "罗", "斯", "俄罗", "罗斯"}),
        ("橋，路", {"桥", "路"}),
        ("Putin訪俄", {"putin", "访", "俄", "访俄"}),
        ("The bridges", {"the", "bridges", "~bridg"}),
        ("C++ 指標", {"c", "+", "c+", "++", "指", "标", "指标"}),
        ("C#", {"c", "#", "c#"}),
        (".NET", {"net"}),
        ("COVID-19", {"covid", "19", "covid-19"}),
        ("1.2.3", {"1", "2", "3", "1.2", "2.3"}),
        ("mei@example.org", {"mei", "@", "example", "~exampl", "org", "mei@example", "example.org"}),
        ("@mei #橋", {"@", "mei", "#", "桥"}),
        ("Urho3D", {"urho", "3", "d", "urho3", "3d"}),
        ("👍🏽", {"👍", "🏽", "👍🏽"}),
        ("don’t", {"don", "t", "don't"}),
        ("", set()),
        ("。", set()),
    ],
)
def test_terms_are_words_pairs_and_stems(text: str, expected: set[str]) -> None:
    found = terms(text)
    assert set(found) == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    ("asked", "text", "is_there"),
    [
        ("羅斯", "白俄羅斯人", True),
        ("俄 羅斯", "俄羅斯", False),
        ("cat", "a cat.", True),
        ("cat", "concatenate", False),
        ("urho", "Urho3D", True),
        ("1.2", "11.2", False),
        ("1.2", "1.2.3", True),
        ("c++", "C++17", True),
        ("c", "C++", True),
        ("three planks", "three\n planks", True),
        ("three plan", "three planks", False),
        ("python", "用Python寫", True),
    ],
)
def test_a_trace_tells_whether_a_text_contains_what_is_asked_for(asked: str, text: str, is_there: bool) -> None:
    assert (trace(asked) in trace(text)) is is_there


@given(MIXED, st.data())
def test_a_text_has_all_terms_that_its_parts_need(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    part = text[start : data.draw(st.integers(start, len(text)))]
    if trace(part) in trace(text):
        assert set(needed_terms(part)) <= set(terms(text))


@given(st.one_of(st.text(st.characters(max_codepoint=127), max_size=30), MIXED))
def test_every_word_of_a_text_is_one_of_its_terms(text: str) -> None:
    assert set(re.findall(r"[a-z]+", fold(text))) <= set(terms(text))


def test_stems_are_kept_only_where_they_differ() -> None:
    assert analysed("Running bridges over a river, running").stems == ["run", "bridg"]
    assert analysed("跑步 C++").stems == []


def test_what_is_much_too_long_costs_little() -> None:
    for text in ("a", "a-", "+", "1a", "中", "ж", "ж1", "क\u093f", "\u093f", "क\u093f1"):
        assert len(terms(text * 50_000)) < 10
    assert MARK not in fold(f"a{MARK}b")
