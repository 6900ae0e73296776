"""What people type, as a page shows it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.text.markdown import render
from tests.text.html import attributes, tags, words


def test_a_paragraph_keeps_its_line_breaks():
    assert render("一行\n又一行\n\n下一段") == "<p>一行<br>\n又一行</p>\n<p>下一段</p>\n"


def test_nothing_renders_to_nothing():
    assert render("") == ""
    assert render(" \n ") == ""


@pytest.mark.parametrize(
    ("source", "element"),
    [
        ("**bold**", "strong"),
        ("*em*", "em"),
        ("~~gone~~", "del"),
        ("> quoted", "blockquote"),
        ("- item", "ul"),
        ("1. item", "ol"),
        ("`code`", "code"),
        ("---", "hr"),
        ("a | b\n--|--\n1 | 2", "table"),
    ],
)
def test_markdown_becomes_the_element_it_means(source, element):
    assert tags(render(source), element)


@pytest.mark.parametrize(
    "source",
    [
        "**「公告」**：今天",
        "他說**「好」**了",
        "這是**重點。**還有",
        "**https://e.org**，謝謝",
        "（**注意**）請看",
        "*《書名》*是",
    ],
)
def test_emphasis_works_beside_chinese_punctuation(source):
    assert "*" not in words(render(source))


def test_latin_words_stressed_in_a_chinese_text_are_marked_as_such():
    assert '<em class="latin">Courier</em>' in render("見 *Courier* 第四版，*海豚*。")
    assert "<em>海豚</em>" in render("見 *Courier* 第四版，*海豚*。")
    assert "<em>Courier</em>" in render("See the *Courier*.")


def test_headings_stand_below_the_title_of_the_page_and_of_the_post():
    assert [name for name, _ in tags(render("# a\n\n## b\n\n### c\n\n#### d\n\n###### e"))] == [
        "h3",
        "h4",
        "h5",
        "h6",
        "h6",
    ]


def test_a_list_may_start_at_any_number():
    assert attributes(render("3. c\n4. d"), "ol") == {"start": "3"}


def test_tasks_show_what_is_done():
    assert words(render("- [ ] buy ink\n- [x] cut the seal")) == "☐ buy ink ☑ cut the seal"


def test_code_keeps_its_spaces_and_says_its_language():
    html = render("```c++\nint  a = b < c;\n```")
    assert attributes(html, "pre") == {"tabindex": "0", "data-language": "c++"}
    assert "int  a = b &lt; c;\n" in html


@pytest.mark.parametrize(
    ("source", "levels"),
    [
        ("## a\n### b", ["h3", "h4"]),
        ("# a\n#### b\n## c", ["h3", "h4", "h4"]),
        ("### a\n# b\n## c", ["h3", "h3", "h4"]),
    ],
)
def test_headings_begin_below_the_page_and_leave_no_level_out(source, levels):
    assert [name for name, _found in tags(render(source)) if name.startswith("h")] == levels


def test_a_head_that_heads_nothing_is_no_head():
    html = render("| | b |\n|--|--|\n| 1 | 2 |")
    assert len(tags(html, "th")) == 1
    assert len(tags(html, "td")) == 3


def test_a_table_scrolls_in_a_box_named_by_its_header():
    html = render("| 城市 | Citizens |\n|:--|--:|\n| 臺北 | 12 |")
    assert attributes(html, "div") == {
        "class": "scroll",
        "tabindex": "0",
        "role": "group",
        "aria-label": "城市, Citizens",
    }
    assert [found["align"] for _, found in tags(html, "td")] == ["left", "right"]


def test_a_table_without_a_header_has_a_box_without_a_name():
    assert attributes(render("| | |\n|-|-|\n| a | b |"), "div") == {"class": "scroll", "tabindex": "0"}


class TestLinks:
    def test_links_give_no_rank_and_no_access(self):
        found = attributes(render('[site](https://example.org/a "Title")'), "a")
        assert found == {"href": "https://example.org/a", "title": "Title", "rel": "nofollow ugc noopener"}

    @pytest.mark.parametrize("href", ["/t/12/#p3", "#p3", "?page=2", "mailto:a@example.org", "http://example.org/"])
    def test_ordinary_addresses_are_kept(self, href):
        assert attributes(render(f"[x]({href})"), "a")["href"] == href

    @pytest.mark.parametrize(
        "href",
        ["javascript:alert(1)", "JavaScript:x", "&#106;avascript:x", "data:text/html,x", "vbscript:x", "ftp://e.org/x"],
    )
    def test_dangerous_and_odd_addresses_leave_only_the_words(self, href):
        html = render(f"[words]({href})")
        assert (tags(html, "a"), words(html)) == ([], "words")

    @pytest.mark.parametrize(
        ("source", "href"),
        [
            ("看https://example.org/a，謝謝", "https://example.org/a"),
            ("（https://example.org/a）", "https://example.org/a"),
            ("「https://example.org/a?b=c」", "https://example.org/a?b=c"),
            ("https://example.org/a這篇很好", "https://example.org/a"),
            ("https://example.org/a、https", "https://example.org/a"),
            ("www.example.org。", "http://www.example.org"),
            ("see https://example.org/a_(b), ok", "https://example.org/a_(b)"),
            ("see https://example.org/a.", "https://example.org/a"),
            ("https://example.org/_x_/y", "https://example.org/_x_/y"),
            ("https://fr.example.org/Café。", "https://fr.example.org/Caf%C3%A9"),
            ("https://zh.wikipedia.org/wiki/臺灣，好", "https://zh.wikipedia.org/wiki/%E8%87%BA%E7%81%A3"),
            ("https://example.org/?q=臺灣。", "https://example.org/?q=%E8%87%BA%E7%81%A3"),
            ("a@example.org，寫信", "mailto:a@example.org"),
        ],
    )
    def test_a_bare_address_ends_where_chinese_begins(self, source, href):
        html = render(source)
        assert attributes(html, "a")["href"] == href
        assert words(html) == source

    def test_a_written_link_may_hold_chinese(self):
        assert "%E8%B7%AF" in attributes(render("[看，這裡](https://example.org/路，好)"), "a")["href"]

    def test_emphasis_may_follow_an_address(self):
        assert tags(render("https://example.org/a**重點**"), "strong")
        assert tags(render("**https://example.org/a**，重點"), "strong")

    @pytest.mark.parametrize(
        "source", ["`https://e.org/a，b`", "```\nhttps://e.org/a，b\n```", "    https://e.org/a，b"]
    )
    def test_code_is_left_as_it_is(self, source):
        html = render(source)
        assert (tags(html, "a"), words(html)) == ([], "https://e.org/a，b")


class TestImages:
    def test_an_image_is_lazy_and_tells_nobody(self):
        assert attributes(render('![a "seal"](https://example.org/a.png)'), "img") == {
            "src": "https://example.org/a.png",
            "alt": 'a "seal"',
            "loading": "lazy",
            "decoding": "async",
            "referrerpolicy": "no-referrer",
        }

    def test_an_image_of_our_own_is_shown(self):
        assert attributes(render("![a](/media/a.png)"), "img")["src"] == "/media/a.png"

    def test_an_unencrypted_image_becomes_a_link(self):
        html = render("![a seal](http://example.org/a.png)")
        assert (tags(html, "img"), words(html)) == ([], "a seal")
        assert attributes(html, "a")["href"] == "http://example.org/a.png"

    def test_an_unencrypted_image_in_a_link_becomes_its_words(self):
        html = render("[![a seal](http://example.org/a.png)](https://example.org)")
        assert attributes(html, "a")["href"] == "https://example.org"
        assert words(html) == "a seal"

    @pytest.mark.parametrize("src", ["//example.org/a.png", "data:image/png;base64,AA", "javascript:x", "a.png"])
    def test_any_other_image_becomes_its_words(self, src):
        html = render(f"![a seal]({src})")
        assert (tags(html, "img"), tags(html, "a"), words(html)) == ([], [], "a seal")


class TestFootnotes:
    SOURCE = "一[^1] and [^1]\n\n[^1]: 註"

    def test_footnotes_lead_there_and_back(self):
        html = render(self.SOURCE, prefix="p12-", lang="en")
        ids = {found["id"] for _, found in tags(html) if "id" in found}
        links = {found["href"].removeprefix("#") for _, found in tags(html, "a")}
        assert ids == links == {"p12-fn-1", "p12-fnref-1", "p12-fnref-1-2"}

    def test_footnotes_of_two_posts_do_not_collide(self):
        assert "p13-fn-1" not in render(self.SOURCE, prefix="p12-")

    def test_the_way_back_has_a_name(self):
        assert 'aria-label="Back to reference 1"' in render(self.SOURCE, lang="en")


class TestSafety:
    ATTACKS = (
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<svg><script>1</script></svg>",
        "<style>*{display:none}</style>",
        "<iframe src='https://example.org'></iframe>",
        "<form action=/><input name=q></form>",
        '![x](https://e.org/"onerror=alert(1))',
        '[x](https://e.org/"onmouseover="alert(1))',
        "[x](https://e.org '\" onclick=alert(1)')",
        '```"><script>alert(1)</script>\nx\n```',
        '| a"><script>1</script> |\n|-|\n| b |',
        "<math><mtext><table><mglyph><style><img src=x onerror=1>",
        '[^"><script>]: x\n\n[^"><script>]',
        "<a\x00b onclick=1>",
    )
    ALLOWED = frozenset(
        (
            "href title id rel aria-label class src alt loading decoding referrerpolicy start tabindex "
            "data-language role align lang"
        ).split()
    )

    @pytest.mark.parametrize("attack", ATTACKS)
    def test_typed_html_is_shown_and_never_run(self, attack):
        for name, found in tags(render(attack)):
            assert name not in ("script", "style", "iframe", "form", "input", "svg", "math")
            assert set(found) <= self.ALLOWED

    def test_typed_html_stays_readable(self):
        source = "<div>\none\n<b>two</b>\n</div>\n\n- <p>\n\n<!-- three -->"
        assert words(render(source)) == "<div> one <b>two</b> </div> <p> <!-- three -->"
        assert len(tags(render(source), "br")) == 3

    @settings(deadline=None, database=None, max_examples=300)
    @given(st.text(alphabet="ab 中，*_`~[]()!<>|-#\n\\&:/.^1\"'\x0b\x00　", max_size=120))
    def test_any_text_renders_to_allowed_html(self, source):
        for name, found in tags(render(source)):
            assert name not in ("script", "style")
            assert set(found) <= self.ALLOWED

    @settings(deadline=None, database=None, max_examples=200)
    @given(st.text(alphabet="ab中，。 ", max_size=60).map(str.strip))
    def test_plain_words_are_never_lost(self, source):
        assert words(render(source)) == " ".join(source.split(" ")).strip() or words(render(source)) == " ".join(
            source.split()
        )
