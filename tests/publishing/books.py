"""Books for tests: out of texts, without a database."""

from datetime import UTC, datetime

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
