"""HTML of other forums as Markdown, and what it looks like here."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.text.html_to_markdown import from_html
from forum.text.markdown import render
from tests.text.html import tags, words


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("", ""),
        ("<p>one<br>\ntwo</p>\n<p>three</p>", "one\ntwo\n\nthree"),
        ("<p>soft\nbreak</p>", "soft break"),
        ("<p><strong>a</strong> <em>b</em> <del>c</del></p>", "**a** *b* ~~c~~"),
        ("<p>word<strong>(x)</strong>word</p>", "word(x)word"),
        ("<em>a<br><br>b</em>", "*a*\n\n*b*"),
        ('<h2><a name="x" class="anchor" href="#x"></a>Title #</h2>', "## Title \\#"),
        ("<blockquote><p>a</p><p>b</p></blockquote><p>c</p>", "> a\n>\n> b\n\nc"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ('<ol start="3"><li><p>a</p></li><li><p>b</p></li></ol>', "3. a\n4. b"),
        ("<hr>", "---"),
        ("<p>1. a</p><p># b</p><p>*c*</p>", "1\\. a\n\n\\# b\n\n\\*c\\*"),
        ("<p><code>a`b</code><code>c</code></p>", "`` a`b `` `c`"),
        ("<code><p>a<br>\nb</p></code>", "```\na\nb\n```"),
        ("<pre><code class='lang-cpp'>int a;\n\nint b;\n</code></pre>", "```cpp\nint a;\n\nint b;\n```"),
        ("<pre><code class='lang-auto'>```\nx\n```</code></pre>", "````\n```\nx\n```\n````"),
        ("<pre></pre>", ""),
        (
            "<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td><td>2</td></tr></table>",
            "| a | b\\|c |\n| --- | --- |\n| 1 | 2 |",
        ),
        ("<details><summary>More</summary><p>inside</p></details>", "**More**\n\ninside"),
    ],
)
def test_html_becomes_the_markdown_that_a_person_would_type(html, markdown):
    assert from_html(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<a href="https://example.org/a">words</a>', "[words](https://example.org/a)"),
        ('<a href="https://example.org/a">https://example.org/a</a>', "<https://example.org/a>"),
        ('<a href="//example.org/a">words</a>', "[words](https://example.org/a)"),
        ('<a href="https://example.org/a b(c">words]</a>', "[words\\]](https://example.org/a%20b%28c)"),
        ('<a href="">words</a>', "words"),
        ('Look!<a href="/a">words</a>', "Look\\![words](/a)"),
        ('<img src="//example.org/a.png" alt="a [b">', "![a \\[b](https://example.org/a.png)"),
        ('<img src="http://i.imgur.com/a.png" alt="">', "![a.png](https://i.imgur.com/a.png)"),
        (f'<img src="/o/{"d36a" * 10}.jpeg?v=1">', f"![image.jpeg](/o/{'d36a' * 10}.jpeg?v=1)"),
        ('<img src="/picture">', "![](/picture)"),
        ('<img src="http://dead.example/a.png" alt="a">', "![a](http://dead.example/a.png)"),
    ],
)
def test_links_and_images_keep_their_addresses(html, markdown):
    assert from_html(html) == markdown


def test_addresses_can_be_changed_on_the_way():
    html = '<a href="/t/x/1">a</a><img src="/b.png" alt="b">'
    assert from_html(html, address=lambda url: f"https://old.example{url}") == (
        "[a](https://old.example/t/x/1)![b](https://old.example/b.png)"
    )


@pytest.mark.parametrize(
    "html", ["<p>" * 3000, "<blockquote>" * 500 + "deep", "<a<b>&&&<![CDATA[", "<ol start='x'><li>a", "\x00<p>a"]
)
def test_broken_html_still_gives_its_text(html):
    assert isinstance(from_html(html), str)


@settings(deadline=None, database=None, max_examples=200)
@given(st.text(alphabet="ab <>/\"'=&;pbrliuoacde\n", max_size=80))
def test_no_html_raises(html):
    from_html(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>a * b * c, x_y_z, #1, C:\\dir\\, 3 < 4 &amp;amp; &lt;b&gt;</p>",
        "<p>- a<br>\n+ b<br>\n1) c<br>\n&gt; d<br>\n---<br>\n===</p>",
        "<p>a_<em>b</em>_c <strong>中文。</strong>中文</p>",
        "<ul><li><pre><code>a\n\n  b</code></pre></li><li><blockquote>q</blockquote></li></ul>",
        "<blockquote><pre><code>&gt; a\n\n# b</code></pre></blockquote>",
    ],
)
def test_what_comes_in_reads_as_it_did(html):
    shown = render(from_html(html))
    assert words(shown).replace(" ", "") == words(html).replace(" ", "")
    assert [name for name, _ in tags(shown) if name == "pre"] == [name for name, _ in tags(html) if name == "pre"]
