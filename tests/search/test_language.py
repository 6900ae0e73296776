"""The search language: what people type is understood, help is given, and nothing that is typed is an error."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.search.language import Either, Every, Filters, Node, Not, Query, Words, words_of
from forum.search.operators import HAS, IS, OPERATORS, Range
from forum.search.parsing import MOST_WORDS, parse
from forum.search.scanning import MOST_CHARACTERS
from forum.search.writing import written

a, b, c, d = (Words(letter) for letter in "abcd")


def kinds(query: Query) -> list[str]:
    return [problem.kind for problem in query.problems]


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", None),
        ("a", a),
        ("a b", Every((a, b))),
        ("a　b", Every((a, b))),
        ("a AND b", Every((a, b))),
        ("a OR b", Either((a, b))),
        ("a 或 b", Either((a, b))),
        ("a|b", Either((a, b))),
        ("a b OR c d", Every((a, Either((b, c)), d))),
        ("(a b) OR c", Either((Every((a, b)), c))),
        ("（a b） OR c", Either((Every((a, b)), c))),
        ("a (b (c d))", Every((a, b, c, d))),
        ("a OR", a),
        ("OR a", a),
        ("a OR OR b", Either((a, b))),
        ("-a", Not(a)),
        ("－a", Not(a)),
        ("b -(a)", Every((b, Not(a)))),
        ("-(-a)", a),
        ("-(a OR b)", Not(Either((a, b)))),
        ("- a", a),
        ('"a b"', Words("a b", is_phrase=True)),
        ("「a b」", Words("a b", is_phrase=True)),
        ("“a  b”", Words("a b", is_phrase=True)),
        ("『a』", Words("a", is_phrase=True)),
        ('-"a b"', Not(Words("a b", is_phrase=True))),
        ("title:a b", Every((Words("a", in_title=True), b))),
        ("標題：a", Words("a", in_title=True)),
        ('title:"a b"', Words("a b", is_phrase=True, in_title=True)),
        ("in:title a b", Every((Words("a", in_title=True), Words("b", in_title=True)))),
        ("在:標題 a", Words("a", in_title=True)),
        ("俄羅斯、烏克蘭", Every((Words("俄羅斯"), Words("烏克蘭")))),
        ("他說「好」", Every((Words("他說"), Words("好", is_phrase=True)))),
        ("《紅樓夢》", Words("紅樓夢")),
        ("C++", Words("C++")),
        (".NET,", Words(".NET")),
        ("COVID-19", Words("COVID-19")),
        ("--reindex", Words("--reindex")),
        ("f(x)", Words("f(x)")),
        ("f(a b)", Every((Words("f"), a, b))),
        ("me@example.org", Words("me@example.org")),
        ("https://example.org/a?b=c", Words("https://example.org/a?b=c")),
        ("note:a", Words("note:a")),
        ("🙂", Words("🙂")),
        ("a'; DROP TABLE x;--", Every((a, Words("DROP"), Words("TABLE"), Words("x;--")))),
    ],
)
def test_words_are_understood(text: str, node: Node | None) -> None:

    assert parse(text).node == node
    assert parse(text).text == text


@pytest.mark.parametrize("text", ["- OR ( ) | AND", "。！？", '""', ":)", "((((", "))))", "-", "OR OR"])
def test_a_query_of_signs_alone_asks_for_nothing(text: str) -> None:
    assert not parse(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("author:mei", {"author": ("mei",)}),
        ("作者:@mei", {"author": ("mei",)}),
        ("作者：「Ann Lee」", {"author": ("Ann Lee",)}),
        ("author:mei author:dan", {"author": ("mei", "dan")}),
        ("author:mei OR author:dan", {"author": ("mei", "dan")}),
        ("-author:mei", {"not_author": ("mei",)}),
        ("city:石渡 討論區:letters", {"city": ("石渡",), "board": ("letters",)}),
        ("before:2024-05-01", {"before": date(2024, 5, 1)}),
        ("before:2024-05-01 before:2023", {"before": date(2023, 1, 1)}),
        ("after:2024/5", {"after": date(2024, 5, 1)}),
        ("之後：2024年5月6日", {"after": date(2024, 5, 6)}),
        ("之前:２０２４", {"before": date(2024, 1, 1)}),
        ("has:image -has:link 含:程式碼", {"has": frozenset(("image", "code")), "has_not": frozenset(("link",))}),
        ("is:pinned 是:精華 -is:locked", {"is_": frozenset(("pinned", "featured")), "is_not": frozenset(("locked",))}),
        ("IS:Opener", {"is_": frozenset(("opener",))}),
        ("recommended:>10", {"recommended": Range(11, None)}),
        ("推薦:＞＝10", {"recommended": Range(10, None)}),
        ("推薦:5", {"recommended": Range(5, None)}),
        ("recommended:5..10", {"recommended": Range(5, 10)}),
        ("recommended:<3 recommended:>0", {"recommended": Range(1, 2)}),
    ],
)
def test_filters_are_understood_in_both_languages(text: str, expected: dict[str, Any]) -> None:
    query = parse(text)
    assert query.filters == Filters(**expected)
    assert query.node is None
    assert not query.problems


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("before:soon", "before"),
        ("after:2024-13-01", "after"),
        ("after:0000", "after"),
        ("recommended:many", "recommended"),
        ("has:feet", "has"),
        ("is:nice", "is"),
        ("author:", "author"),
        ("城市：", "city"),
        ("board:@", "board"),
        ("title:", "title"),
        ("in:body", "in"),
        ("-before:2024", "not"),
        ('"not closed', "quote"),
        ("author:mei OR bridge", "or"),
        ("is:pinned OR is:locked", "or"),
        ("-(author:mei)", "bracket"),
    ],
)
def test_a_wrong_part_gives_help_and_the_rest_is_searched(text: str, kind: str) -> None:
    query = parse(f"a {text}")
    assert kind in kinds(query)
    assert a in words_of(query.node)
    assert all(problem.message for problem in query.problems)


def test_only_so_many_words_and_characters_are_read() -> None:
    many = parse("a " * (MOST_WORDS + 3))
    assert kinds(many) == ["words"]
    assert len(list(words_of(many.node))) == MOST_WORDS
    assert kinds(parse("a" * (MOST_CHARACTERS + 1))) == ["long"]


def test_brackets_within_brackets_end_somewhere() -> None:
    assert parse("(" * 900 + "a").node == a
    assert parse("-(" * 400 + "a").node in (a, Not(a))


def test_what_must_not_be_there_is_none_of_the_words() -> None:
    assert list(words_of(parse("a -b (c OR -d)").node)) == [a, c]


names = [name for table in (OPERATORS, HAS, IS) for names in table.values() for name in names]
signs = [*"()（）\"“”「」『』|-－:： \t.,;?!><=、。\0'", "OR", "AND", "或", "2024-05-01", "5..10", ">3", "in:title"]
pieces = st.one_of(
    st.sampled_from(names),
    st.sampled_from(names).map(lambda name: f"{name}:"),
    st.sampled_from(signs),
    st.text(max_size=4),
    st.sampled_from(["俄羅斯", "bridge", "C++", "f(x)", "--x", "@mei"]),
)
queries = st.lists(pieces, max_size=24).flatmap(lambda some: st.sampled_from(["", " "]).map(lambda gap: gap.join(some)))


@given(st.one_of(st.text(max_size=200), queries))
@settings(max_examples=600, deadline=None)
def test_anything_is_understood_and_means_the_same_when_written_down(text: str) -> None:
    query = parse(text)
    for in_chinese in (False, True):
        again = parse(written(query, in_chinese=in_chinese))
        assert (again.node, again.filters) == (query.node, query.filters)
    assert all(problem.message for problem in query.problems)
