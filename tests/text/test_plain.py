"""A post as plain text."""

from forum.text.markdown import render
from forum.text.plain import html_to_text, to_text


def test_markup_leaves_no_trace():
    assert to_text("**Bold** and [a link](https://example.org), `a < b` & ~~gone~~") == "Bold and a link, a < b & gone"


def test_each_paragraph_and_item_has_its_line():
    assert to_text("# 標題\n\n一行\n又一行\n\n- 甲\n- 乙\n\n> 引文") == "標題\n一行\n又一行\n甲\n乙\n引文"


def test_a_row_of_a_table_is_a_line():
    assert to_text("| a | b |\n|-|-|\n| 1 | 2 |") == "a b\n1 2"


def test_code_keeps_its_lines():
    assert to_text("```\none\ntwo\n```") == "one\ntwo"


def test_images_and_footnotes_have_words_too():
    assert to_text("![a seal](https://example.org/a.png) cut[^1]\n\n[^1]: by hand") == "a seal cut[1]\nby hand"


def test_elements_can_be_left_out():
    assert html_to_text(render("> 引文\n\n回應\n\n> > 引文"), without={"blockquote"}) == "回應"
