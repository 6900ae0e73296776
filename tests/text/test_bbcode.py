"""Marks in square brackets that an older forum left in the HTML of a newer one."""

import time

import pytest

from forum.text.html_to_markdown import from_html


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>[quote=“Heron”]Wet.<br>\nVery.[/quote]<br>\nYes.</p>", "> **Heron**\n>\n> Wet.\n> Very.\n\nYes."),
        ("<p>[quote]Wet.</p>\n<p>Very.[/quote]</p>\n<p>Yes.</p>", "> Wet.\n>\n> Very.\n\nYes."),
        ('<p>[quote="Heron, post:3, topic:5"]Wet.[/quote]</p>', "> **Heron** [#3](/t/-/5/3)\n>\n> Wet."),
        (
            "<p>[quote=“A”][quote=“B”]One.[/quote]Two.[/quote]Three.</p>",
            "> **A**\n>\n> > **B**\n> >\n> > One.\n>\n> Two.\n\nThree.",
        ),
        ("<p>[ul]<br>\n[li]One[/li]<br>\n[li]Two[/li]<br>\n[/ul]<br>\nThree</p>", "- One\n- Two\n\nThree"),
        ("<p>[ol][li]One[/li][li]Two[/li][/ol]</p>", "1. One\n2. Two"),
        ("<p>[ul]Moved in.[/ul]</p>", "Moved in."),
        ("<p>[size=85][color=#FF0000]Small[/color] and [b]red[/b][/size]</p>", "Small and **red**"),
        ("<p>[spoiler]<code>a[i]</code>[/spoiler]</p>", "`a[i]`"),
    ],
)
def test_marks_become_what_they_stood_for(html: str, markdown: str) -> None:
    assert from_html(html) == markdown


@pytest.mark.parametrize("html", ["[quote=“Heron”]Wet.", "Wet.[/quote]", "a[b] = c[ul];", "[li]One[/li]"])
def test_marks_without_a_partner_stay(html: str) -> None:
    assert from_html(f"<p>{html}</p>").replace("\\", "") == html


def test_marks_in_code_stay() -> None:
    html = "<p>[quote]Write <code>[b]so[/b]</code> now</p><pre><code>[quote]x[/quote]</code></pre><p>[/quote]</p>"
    assert from_html(html) == "> Write `[b]so[/b]` now\n>\n> ```\n> [quote]x[/quote]\n> ```"


@pytest.mark.parametrize(
    "piece", ["[quote]", "[/quote]", "[ul]<br> ", "[quote]<br>\n <br>", "[b]", " <br>", "[li]", "[size=1]"]
)
def test_many_marks_cost_little(piece: str) -> None:
    begun = time.process_time()
    from_html(f"<p>[b]{piece * 3000}</p>")
    assert time.process_time() - begun < 5
