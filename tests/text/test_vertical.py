"""In vertical lines short numbers and abbreviations stand upright, and no text ever changes."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.text.markdown import render
from forum.text.vertical import has_tall_blocks, is_chinese, upright


def combined(text: str) -> str:
    return f'<span class="combined">{text}</span>'


def stacked(text: str) -> str:
    return f'<span class="stacked">{text}</span>'


def lying(text: str) -> str:
    return f'<span class="lying">{text}</span>'


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("第 3 章", f"第 {combined('3')} 章"),
        ("9月30日", f"{combined('9')}月{combined('30')}日"),
        ("共120頁", f"共{combined('120')}頁"),
        ("漲了50%。", f"漲了{combined('50%')}。"),
        ("民國115年，西元2026年", f"民國{combined('115')}年，西元2026年"),
        ("讀 PDF 或 EPUB", f"讀 {stacked('PDF')} 或 {stacked('EPUB')}"),
        ("A4 紙、MP3、4K", f"{stacked('A4')} 紙、{stacked('MP3')}、{stacked('4K')}"),
        ("真的!?", f"真的{combined('!?')}"),
        ("UNESCO 說", "UNESCO 說"),
        ("10:30 出發，長 3.5 公里，1,204 人", "10:30 出發，長 3.5 公里，1,204 人"),
        ("他說 in 10 years 再見", "他說 in 10 years 再見"),
        ("iPhone 15 與 Wi-Fi 6", "iPhone 15 與 Wi-Fi 6"),
        ("AT&amp;T 在", "AT&amp;T 在"),
        ("天啊!!!", "天啊!!!"),
        ("That’s “it”，他說“好”。", f"That{lying('’')}s {lying('“')}it{lying('”')}，他說“好”。"),
    ],
)
def test_what_stands_upright(source: str, shown: str) -> None:
    assert upright(f"<p>{source}</p>") == f"<p>{shown}</p>"


def test_a_number_is_read_with_what_stands_beside_its_mark() -> None:
    assert upright("<p>第<strong>3</strong>章</p>") == f"<p>第<strong>{combined('3')}</strong>章</p>"
    assert upright("<p>1<strong>3</strong>章</p>") == "<p>1<strong>3</strong>章</p>"
    assert upright("<p>三</p><p>3</p>") == f"<p>三</p><p>{combined('3')}</p>"


@pytest.mark.parametrize(
    "kept",
    [
        "<pre><code>a = 3</code></pre>",
        "<p>用<code>3</code>吧</p>",
        '<p lang="en">In 3 or 4 days</p>',
        '<div class="scroll"><table><tbody><tr><td>3</td></tr></tbody></table></div>',
        '<p><a href="/p/3/" title="第 3 章">三</a></p>',
        '<p><img alt="第 3 章" src="/3.jpg"></p>',
    ],
)
def test_code_tables_addresses_and_other_languages_stay(kept: str) -> None:
    assert upright(kept) == kept


def test_who_may_stand_in_vertical_lines() -> None:
    assert [code for code in ("zh-Hant", "zh-Hans", "zh", "en", "ja", "") if is_chinese(code)] == [
        "zh-Hant",
        "zh-Hans",
        "zh",
    ]


_WORDS = st.sampled_from(
    ["第", "章 ", "3", "120", "PDF", "a", " ", "\n\n", "`3`", "**", "[4](/p/5)", "&", "<", "!?", "|", "- "]
)


@given(st.lists(_WORDS, max_size=40).map("".join))
def test_nothing_but_spans_is_added(source: str) -> None:
    html = render(source)
    assert re.sub(r'<span class="(?:combined|stacked)">([^<]*)</span>', r"\1", upright(html)) == html


@pytest.mark.parametrize("hostile", ["<" * 40_000, "3 " * 20_000, "<p " * 15_000, '"' * 40_000, "!?" * 20_000])
def test_a_hostile_text_costs_no_time(hostile: str) -> None:
    begun = time.monotonic()
    upright(hostile)
    assert time.monotonic() - begun < 1


def test_what_is_too_long_for_a_page_of_paper() -> None:
    assert not has_tall_blocks("<p>words</p>" * 100)
    assert not has_tall_blocks(render("```\n" + "line\n" * 30 + "```"))
    assert has_tall_blocks(render("```\n" + "line\n" * 60 + "```"))
    assert has_tall_blocks(render("| a | b |\n| - | - |\n" + "| 1 | 2 |\n" * 30))
