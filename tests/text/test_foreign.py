"""What forum software adds to posts, and what is left of it."""

import pytest

from forum.text.foreign import emoji
from forum.text.html_to_markdown import from_html

QUOTE = """<aside class="quote no-group" data-username="ann" data-post="3" data-topic="12">
<div class="title"><div class="quote-controls"></div>
<img alt width="20" height="20" src="https://example.org/ann.png" class="avatar"> ann:</div>
<blockquote>
<p>her words</p>
</blockquote>
</aside>
<p>my answer</p>"""

ELSEWHERE = """<aside class="quote" data-post="1" data-topic="12">
<div class="title"><div class="quote-controls"></div><img class="avatar" src="/a.png">
<a href="https://example.org/t/a-topic/12">A topic</a> <a class="badge-wrapper" href="/c/4">Support</a></div>
<blockquote>its beginning</blockquote></aside>"""

ONEBOX = """<aside class="onebox allowlistedgeneric"><header class="source">
<img src="https://example.org/favicon.ico" class="site-icon"><a href="https://example.org/page">example.org</a></header>
<article class="onebox-body"><img src="https://example.org/big.png" class="thumbnail">
<h3><a href="https://example.org/page">The page</a></h3><p>What it is about</p></article></aside>"""

LINES = """<aside class="onebox githubblob">
<header class="source"><a href="https://example.org/a.cpp#L2">example.org</a></header>
<article class="onebox-body"><h4><a href="https://example.org/a.cpp#L2">a.cpp</a></h4>
<pre class="onebox"><code class="lang-cpp"><ol class="lines"><li>int a;</li><li>    int b;</li></ol></code></pre>
</article></aside>"""

LIGHTBOX = """<p>See:<br>
<div class="lightbox-wrapper"><a class="lightbox" href="https://example.org/original.png" title="seal">
<img src="https://example.org/small.png" alt="seal" width="690"><div class="meta">
<svg><use></use></svg><span class="filename">seal</span><span class="informations">19×10</span></div></a></div></p>"""


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (QUOTE, "> **ann** [#3](/t/-/12/3)\n>\n> her words\n\nmy answer"),
        (ELSEWHERE, "> [A topic](https://example.org/t/a-topic/12)\n>\n> its beginning"),
        (ONEBOX, "[The page](https://example.org/page)"),
        (LINES, "[a.cpp](https://example.org/a.cpp#L2)\n\n```cpp\nint a;\n    int b;\n```"),
        (LIGHTBOX, "See:\n![seal](https://example.org/original.png)"),
        (
            '<div class="lazyYT" data-youtube-id="abc" data-youtube-title="A film"></div>',
            "[A film](https://www.youtube.com/watch?v=abc)",
        ),
        ('<video><source src="https://example.org/a.mp4"></video>', "<https://example.org/a.mp4>"),
        ('<iframe src="https://example.org/player"></iframe>', "<https://example.org/player>"),
        ('<a class="mention" href="/u/ann_b">@ann_b</a> hello', "@ann_b hello"),
        ('<span class="mention">@ann_b</span>', "@ann_b"),
        ('<span class="bbcode-b">a</span> <span class="bbcode-i">b</span>', "**a** *b*"),
        ('<div class="spoiler"><p>the end</p></div>', "the end"),
        ('<div class="poll"><ul><li>Yes</li></ul><div class="poll-info">0 voters</div></div>', "- Yes"),
    ],
)
def test_what_software_added_goes_and_what_people_wrote_stays(html, markdown):
    assert from_html(html) == markdown


def test_emoji_are_characters():
    html = '<img src="/e/slight_smile.png" title=":slight_smile:" class="emoji" alt=":slight_smile:">'
    assert from_html(f"<p>Nice {html}</p>") == "Nice 🙂"
    assert [emoji(name) for name in (":smile:", "wink", "no_such_thing")] == ["😄", "😉", ":no_such_thing:"]


def test_code_that_was_never_recognized_is_code_again():
    html = (
        '<p>so:</p>\n<p>[code]<span class="hashtag">#include</span> “a.h”<br>\n'
        "int a = b<em>c;</p>\n<p>d</em>e;[/code]</p>"
    )
    assert from_html(html) == 'so:\n\n```\n#include "a.h"\nint a = b*c;\n\nd*e;\n```'


def test_code_inside_code_is_left_alone():
    assert from_html("<pre><code>[code]x[/code]</code></pre>") == "```\n[code]x[/code]\n```"


def test_code_of_several_lines_stands_apart_from_its_sentence():
    assert from_html("<p>Try <code>a;\n\tb;\n</code> now</p>") == "Try\n\n```\na;\n\tb;\n```\n\nnow"
    assert from_html("<p>Try <code>a;</code> now</p>") == "Try `a;` now"
    assert "|" in from_html("<table><tr><td><code>a\nb</code></td></tr></table>")
