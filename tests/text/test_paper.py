"""Addresses of links as notes below a text."""

from forum.text.markdown import render
from forum.text.paper import with_addresses


def test_link_gets_a_number_and_its_address_stands_below() -> None:
    html = with_addresses(render("See [the map](https://a.example/m?x=1&y=2) and [the *plan*](https://b.example/)."))
    assert html.count('<sup class="paper__ref">[1]</sup>') == 1
    assert '</a><sup class="paper__ref">[2]</sup>' in html
    assert html.endswith(
        '<ol class="paper__links"><li>https://a.example/m?x=1&amp;y=2</li><li>https://b.example/</li></ol>'
    )


def test_same_address_is_listed_once() -> None:
    html = with_addresses(render("[One](https://a.example/x) and [two](https://a.example/x)"))
    assert html.count("[1]") == 2
    assert html.count("<li>") == 1


def test_bare_address_footnotes_and_text_without_links_stay_as_they_are() -> None:
    for text in ("https://a.example/a/b", "<https://a.example>", "A note[^1].\n\n[^1]: Below.", "Plain **words**."):
        assert with_addresses(render(text)) == render(text)
