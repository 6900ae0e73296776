"""The @names of a text: which may be names, and which become links."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.text.markdown import render
from forum.text.mentions import link_mentions, mentioned_addresses, possible_names
from tests.text.html import attributes, tags, words

PEOPLE = {"cai": "/u/cai/", "蔡渡": "/u/%E8%94%A1%E6%B8%A1/", "蔡": "/u/%E8%94%A1/", "a.b": "/u/a.b/", "x_y": "/u/x_y/"}


def _mentioned(source: str) -> list[str]:
    return sorted(mentioned_addresses(render(source, people=PEOPLE)))


@pytest.mark.parametrize(
    "source", ["@cai", "Ask @CAI!", "(@cai)", "**@cai**", "請@cai看", "＠cai", "- @cai, you", "| a |\n|---|\n| @cai |"]
)
def test_a_known_name_after_at_is_a_mention_however_it_stands(source: str) -> None:
    assert _mentioned(source) == ["/u/cai/"]


@pytest.mark.parametrize(
    "source",
    [
        "cai@cai.org",
        "https://example.org/@cai",
        "@@cai",
        "@caitlin",
        "@ca",
        "`@cai`",
        "    @cai",
        "```\n@cai\n```",
        "[@cai](https://example.org)",
        "[cai](/u/cai/)",
        '<a class="mention" href="/u/cai/">@cai</a'.replace("@", ""),
    ],
)
def test_within_words_addresses_code_and_links_it_is_none(source: str) -> None:
    assert _mentioned(source) == []


def test_a_quoted_name_leads_to_the_person_and_mentions_nobody() -> None:
    html = render("> Dan: @cai", people=PEOPLE)
    assert attributes(html, "a")["href"] == "/u/cai/"
    assert mentioned_addresses(html) == set()


@pytest.mark.parametrize(
    ("source", "address", "left"),
    [
        ("@蔡渡你好", "/u/%E8%94%A1%E6%B8%A1/", "@蔡渡你好"),
        ("@蔡先生", "/u/%E8%94%A1/", "@蔡先生"),
        ("@a.b.", "/u/a.b/", "@a.b."),
        ("@cai-", "/u/cai/", "@cai-"),
        ("@x_y's", "/u/x_y/", "@x_y's"),
        ("@cai你", "/u/cai/", "@cai你"),
    ],
)
def test_the_longest_known_name_is_meant_and_what_follows_stays(source: str, address: str, left: str) -> None:
    html = render(source, people=PEOPLE)
    assert _mentioned(source) == [address]
    assert words(html) == left


def test_names_are_asked_for_in_the_order_of_the_text_the_longest_first() -> None:
    assert possible_names("@蔡渡好 and @Dan.") == ["蔡渡好", "蔡渡", "蔡", "dan"]
    assert len(possible_names("@" + "渡" * 500)) == 20


def test_hostile_texts_cost_little() -> None:
    start = perf_counter()
    assert len(possible_names("@渡渡渡渡渡渡渡渡渡渡" * 4000)) < 2000
    render("@caicai" * 6000 + " " + "@cai " * 6000, people=PEOPLE)
    assert perf_counter() - start < 5


@given(st.text(alphabet="ab@＠蔡渡c.-_i <>&\"'`*[]()\n", max_size=80))
def test_whatever_is_typed_nothing_but_links_to_known_people_comes_of_it(source: str) -> None:
    plain, linked = render(source), render(source, people=PEOPLE)
    assert words(plain) == words(linked)
    known = set(PEOPLE.values())
    assert all(found["href"] in known for _tag, found in tags(linked, "a") if found.get("class") == "mention")
    assert link_mentions("no names", {}) == "no names"
