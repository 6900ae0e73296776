"""A passage quoted in one's own post."""

from forum.text.markdown import render
from forum.text.quotes import quote
from tests.text.html import attributes, tags, words


def test_a_quotation_names_its_author_and_leads_to_the_post():
    html = render(quote("第一行\n第二行", "王小明", 3))
    assert words(html) == "王小明 #3 第一行 第二行"
    assert attributes(html, "a")["href"] == "#p3"
    assert {name for name, _ in tags(html)} == {"blockquote", "p", "strong", "a", "br"}


def test_a_quotation_of_a_post_on_another_page_leads_there():
    assert attributes(render(quote("x", "ann", 3, "/p/12/")), "a")["href"] == "/p/12/"


def test_what_is_written_below_is_not_part_of_the_quotation():
    html = render(quote("一段\n\n又一段", "ann", 1) + "回應")
    assert html.endswith("</blockquote>\n<p>回應</p>\n")


def test_a_quoted_passage_is_quoted_to_the_letter():
    assert words(render(quote("# *not* <b>markup</b>", "_ann_", 1))) == "_ann_ #1 # *not* <b>markup</b>"
