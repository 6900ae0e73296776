"""Plain text in Markdown stays plain text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.text.escapes import escape_markdown, fence_for
from forum.text.markdown import render
from tests.text.html import tags, words


@pytest.mark.parametrize(
    "text",
    [
        "*not bold* _not em_ ~~not gone~~ `not code`",
        "[no](link) ![no](image) [^no] [no]: link",
        "# no heading",
        "- no list",
        "1. no list",
        "> no quotation",
        "---",
        "===",
        "```",
        "~~~",
        "a | b\n--|--\n1 | 2",
        "| a |\n|---|\n| b |",
        "title\n---",
        "&amp; &#65; &copy;",
        "<b> </b> <!-- x -->",
        "C:\\dir\\*.txt \\",
        "    no code",
        "[ ] no task",
    ],
)
def test_text_that_looks_like_markdown_is_read_as_it_is(text):
    html = render(escape_markdown(text))
    assert {name for name, _ in tags(html)} <= {"p", "br"}
    assert words(html) == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "普通的一句話，沒有記號。",
        "snake_case and 3 * 4 < 5",
        "see https://example.org/_a_/b?c=d&e=f",
        "C# - yes (no)",
        "1.5 km",
    ],
)
def test_plain_words_need_no_backslash(text):
    assert escape_markdown(text) == text


@settings(deadline=None, database=None, max_examples=400)
@given(st.text(alphabet="ab 中。*_`~[]()!<>|-+=#\n\\&;:.1", max_size=40))
def test_any_text_survives(text):
    html = render(escape_markdown(text))
    assert words(html) == " ".join(text.split())


def test_a_fence_is_longer_than_what_it_holds():
    assert [fence_for(code) for code in ("", "a`b", "```", "`````")] == ["```", "```", "````", "``````"]
