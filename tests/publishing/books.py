"""Books for tests: out of texts, without a database."""

import io
from datetime import UTC, datetime

from PIL import Image

from forum.publishing.book import Book, BookPost, Chapter, Picture, Words
from forum.text.markdown import render
from forum.text.xhtml import as_paragraphs, as_xhtml

ADDRESS = "https://example.org/t/1/"
WORDS = Words("目錄", "封面", "前言", "版權頁", "按語", "連結", "各篇版本", "第 %s 頁")


def post_of(number: int, text: str, *, pictures: dict[str, Picture] | None = None, **fields: object) -> BookPost:
    """Return a post with this Markdown as its text."""
    anchor = f"p{number}"
    html = as_xhtml(render(text, prefix=f"{anchor}-"), anchor=anchor, address=ADDRESS, pictures=pictures or {})
    known: dict[str, object] = {
        "author": "蔡渡",
        "when": "2026年11月23日 20:45",
        "address": f"https://example.org/p/{number + 100}/",
        "revision_hash": f"{number:064x}",
        "facts": ("推薦 3 次",),
    }
    return BookPost(anchor, number, f"第 {number} 樓", html, **(known | fields))  # type: ignore[arg-type]


def book_of(*chapters: Chapter, title: str = "石渡的橋", pictures: dict[str, Picture] | None = None) -> Book:
    """Return a book of these chapters."""
    at = datetime(2026, 11, 23, 12, 45, tzinfo=UTC)
    return Book(
        language="zh-Hant",
        title=title,
        title_language="zh-Hant",
        subtitle="The bridge",
        place="石渡 · 不分版",
        author="蔡渡",
        dates="2026年11月23日",
        address=ADDRESS,
        site="Cityboards",
        made_at=at,
        made="2026年11月23日",
        identifier="urn:uuid:6a1d6f0e-0000-5000-8000-000000000001",
        seal="石渡",
        ink="pine",
        words=WORDS,
        chapters=chapters,
        dedication="給渡船人",
        foreword_html=as_xhtml(render("前言。"), anchor="foreword", address=ADDRESS),
        colophon=(("原文網址", ADDRESS), ("製作日期", "2026年11月23日")),
        pictures=pictures or {},
    )


def chapter_of(number: int, *posts: BookPost, title: str = "", opens_page: bool = False) -> Chapter:
    """Return a chapter with a short introduction where it has a title."""
    introduction = as_paragraphs("引言。\n第二行。\n\n第二段。") if title else ""
    return Chapter(f"c{number}", title, posts, introduction, opens_page=opens_page)


PICTURE = "/media/images/0123456789abcdef0123456789abcdef-40x30.png"
HOSTILE = f"""<script>alert(1)</script> & &lt; &nbsp; &copy; \x0b ]]> <!-- x --> <![CDATA[ <?php

[a](javascript:alert(1)) [b](http://[) [c](https://exa mple.org) [d](https://a.org/%zz) [e](<https://a.org/a b>)
[f](#p2) [g](#nowhere) [h](/t/1/?page=2#p3) [i](https://example.org/p/102/) [j](//evil.org/x) [k](mailto:a@b)
[r](mailto:) [l](http://user:pw@a.org:80/) [m](https://中文.tw/路徑?查=詢#片) [n](http://a..b/) [o](https://a.org/[x]{{y}}|z\\^`)
[p](https://a.org:99999/) [q](?x=1) [s](http://-a-.org/_) [t](https://1.2.3.4.5/) [u](http://999.1.1.1/) [w](https://xn--a/)

![pic]({PICTURE}) ![far](https://e.org/a.png) ![](https://e.org/b.png) [![in]({PICTURE})](https://x.org)

x[^1] y[^1] z[^註] q[^a b]

[^1]: one *two* [^註]
[^註]: 中文註

| a | b |
|:-:|--:|
| 1 | ![p]({PICTURE}) |

- [ ] x
  1. y
     > q
     > - z

```js" onload="x
a < b && c
```

##### five
# one
𠮷 🧑\u200d🚀 \ufffe zero\u200bwidth \u200frtl
"""


def hostile_book() -> Book:
    """Return a book of all that could break one: a digest's chapters, and posts as those of a thread."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, "PNG")
    pictures = {PICTURE: Picture("0123.png", "image/png", file.getvalue(), 40, 30)}
    posts = [post_of(number, HOSTILE, pictures=pictures) for number in (1, 3)]
    posts.append(
        post_of(2, "字" * 20_000 + "\n\n" + "> " * 50 + "x", title="<b>自己的題目</b> & more", listed="<x> & y")
    )
    posts.append(post_of(4, "", tombstone="第 4 樓已隱藏", author="", facts=(), revision_hash="", address=""))
    kept = post_of(
        5, HOSTILE, pictures=pictures, place="石渡 · <橋>", title="題 &", listed="題 &", note_html="<p>按</p>"
    )
    english = post_of(
        6, "*English* text", language="en", office="以市長身分", answers="回應 <蔡渡>", source="來源：<x>"
    )
    chapters = (
        chapter_of(0, kept, opens_page=True),
        chapter_of(1, *posts, english, title="第一章 <&>", opens_page=True),
        chapter_of(2, title="空章", opens_page=True),
    )
    return book_of(*chapters, title="題目很長" * 20 + " & <x>", pictures=pictures)
