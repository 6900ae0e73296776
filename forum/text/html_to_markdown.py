"""HTML of other forums as Markdown: what `moving in` uses where a forum does not give away its sources."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from markdownify import MarkdownConverter

from forum.text import foreign
from forum.text.bbcode import without_marks
from forum.text.escapes import escape_markdown, fence_for

_Library: Any = MarkdownConverter  # its types do not tell all that it may be asked
_TAGS = re.compile(r"<[^>]*>")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_BARE = re.compile(r"https?://[^\s<>]+")
_LANGUAGE = re.compile(r"[A-Za-z0-9+#._-]{1,20}")
_HASH = re.compile(r"[0-9a-zA-Z_-]{24,}")
_NO_LANGUAGE = {"auto", "nohighlight", "plaintext", "text", "hljs"}
_EMPHASES = {"strong", "b", "em", "i", "del", "s", "strike"}
_PARSER = "html.parser"  # the only one that keeps blocks inside paragraphs where forums put them


def from_html(html: str, *, address: Callable[[str], str] = foreign.with_scheme) -> str:
    """Return Markdown for a post's HTML, as Discourse and its like make it.

    `address` may give each link and image another address; quotations of a post link to `/t/-/<topic>/<number>`,
    and pass through it too. Never raises: HTML that cannot be understood comes out as its bare text.
    """
    try:
        soup = BeautifulSoup(without_marks(foreign.with_code_blocks(html)), _PARSER)
        if foreign.has_additions(html):
            foreign.simplify(soup)
        if "<code" in html:
            foreign.set_code_apart(soup)
        markdown: str = _Converter(address).convert_soup(soup)
    except (RecursionError, ValueError, AttributeError, TypeError, KeyError):
        return escape_markdown(_TAGS.sub(" ", html).strip())
    return markdown.strip()


class _Converter(_Library):
    """The library's converter, but exact: what was text stays text, and line breaks need no trailing spaces."""

    class Options:
        heading_style = "atx"
        bullets = "-"
        wrap = True  # takes line breaks of the HTML source for the spaces that they are
        wrap_width = None
        table_infer_header = True

    def __init__(self, address: Callable[[str], str]) -> None:
        super().__init__()
        self.address = address

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return escape_markdown(text)

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        text: str = super().process_text(el, parent_tags)
        if "pre" in (parent_tags or ()):
            return text
        if isinstance(el.previous_sibling, Tag) and el.previous_sibling.name == "br":
            text = text.lstrip(" ")
        if isinstance(el.next_sibling, Tag) and el.next_sibling.name == "br":
            text = text.rstrip(" ")
        elif isinstance(el.next_sibling, Tag) and el.next_sibling.name == "a" and text.endswith("!"):
            text = f"{text[:-1]}\\!"  # or the link would be an image
        return text

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return " " if "_inline" in parent_tags else "\n"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        href = str(el.get("href") or "").strip()
        if not href or not text.strip() or "_noformat" in parent_tags:
            return text
        if el.get_text() == href and _BARE.fullmatch(href) and _BARE.fullmatch(self.address(href)):
            return f"<{self.address(href)}>"
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        words = _BLANK_LINES.sub("\n", text.strip())
        return f"{before}[{_balanced(words)}]({_destination(self.address(href))}){after}"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        src = str(el.get("src") or "").strip()
        alt = " ".join(str(el.get("alt") or "").split())
        if not src or "_noformat" in parent_tags:
            return alt
        alt = alt or _file_name(src)  # else nothing would be seen of an image that is gone
        return f"![{_balanced(escape_markdown(alt))}]({_destination(self.address(src))})"

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        code = el.get_text().strip("\n")
        if not code.strip():
            return ""
        fence = fence_for(code)
        return f"\n\n{fence}{_language(el)}\n{code}\n{fence}\n\n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802
        # Number signs at the end of a heading would be taken for its closing.
        return str(super().convert_hN(n, el, re.sub(r"(?<=\s)(#+\s*)$", r"\\\1", text), parent_tags))

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(super().convert_td(el, text.replace("|", "\\|"), parent_tags))

    def convert_th(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(super().convert_th(el, text.replace("|", "\\|"), parent_tags))

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_noformat" not in parent_tags and el.find(["p", "pre", "br"]):
            return self.convert_pre(el, text, parent_tags)
        # Two spans of code side by side would share their backticks.
        apart = " " if isinstance(el.previous_sibling, Tag) and el.previous_sibling.name == "code" else ""
        return apart + str(super().convert_code(el, text, parent_tags))

    def convert_summary(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{_emphasised(el, text, '**')}\n\n" if text.strip() else ""

    def convert_strong(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text if "_noformat" in parent_tags else _emphasised(el, text, "**")

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text if "_noformat" in parent_tags else _emphasised(el, text, "*")

    def convert_del(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text if "_noformat" in parent_tags else _emphasised(el, text, "~~")

    convert_b = convert_strong
    convert_i = convert_em
    convert_s = convert_strike = convert_del
    convert_details = convert_aside = _Library.convert_div


def _emphasised(el: Tag, text: str, mark: str) -> str:
    """Put emphasis around each paragraph of `text`, unless Markdown could not see there where it begins or ends."""
    if _is_stuck(text[:1], el.previous_sibling, -1) or _is_stuck(text[-1:], el.next_sibling, 0):
        return text
    parts = re.split(r"(\n\n+)", text)
    return "".join(
        re.sub(r"^(\s*)(.+?)(\s*)$", rf"\1{mark}\2{mark}\3", p, flags=re.S) if p.strip() else p for p in parts
    )


def _is_stuck(edge: str, neighbour: PageElement | None, side: int) -> bool:
    """Tell whether punctuation at the edge of emphasised text touches a word, or emphasis touches emphasis."""
    if isinstance(neighbour, Tag):
        return neighbour.name in _EMPHASES and not edge.isspace()
    touching = str(neighbour)[side:][:1] if neighbour else ""
    return touching.isalnum() and not (edge.isalnum() or edge.isspace())


def _balanced(text: str) -> str:
    """Escape brackets in the words of a link unless each has its counterpart."""
    bare = re.sub(r"\\.", "", text)
    return text if bare.count("[") == bare.count("]") else re.sub(r"(?<!\\)([\[\]])", r"\\\1", text)


def _destination(url: str) -> str:
    url = re.sub(r"[\s<>]", lambda found: f"%{ord(found[0]):02X}", url)
    return url if url.count("(") == url.count(")") else url.replace("(", "%28").replace(")", "%29")


def _file_name(src: str) -> str:
    """Return the last part of an image's address, without what only a machine reads."""
    stem, dot, ending = unquote(src.partition("?")[0].rpartition("/")[2]).rpartition(".")
    if not dot or len(ending) > 4:
        return ""
    return f"image.{ending}" if _HASH.fullmatch(stem) else f"{stem}.{ending}"


def _language(pre: Tag) -> str:
    code = pre.find("code")
    names = code.get("class") if isinstance(code, Tag) else None
    name = str(names[0]).removeprefix("lang-").removeprefix("language-") if names else ""
    return name if _LANGUAGE.fullmatch(name) and name not in _NO_LANGUAGE else ""
