"""Markdown or our own HTML as plain text, for search, mail and excerpts."""

import html as entities
import re
from collections.abc import Set as AbstractSet

from forum.text.markdown import render

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>")
_ALT = re.compile(r'\balt="([^"]*)"')
_BLOCKS = frozenset("p h3 h4 h5 h6 blockquote ul ol li pre table tr section hr div".split())
_VOID = frozenset(("br", "hr", "img"))
_BACK = "↩"


def to_text(source: str) -> str:
    """Return the words of Markdown `source`, a line for each paragraph, item, row or typed line break."""
    return html_to_text(render(source))


def html_to_text(html: str, *, without: AbstractSet[str] = frozenset()) -> str:
    """Return the words of HTML that `render` made, leaving out the elements named in `without`.

    Images count as their alternative text. Only well-formed HTML of our own is understood; never raises.
    """
    words: list[str] = []
    done = hidden = 0
    is_set = False  # inside <pre>, where line breaks count
    for tag in _TAG.finditer(html):
        if not hidden:
            text = html[done : tag.start()]
            words.append(text if is_set else text.replace("\n", " "))
        done = tag.end()
        closing, name = bool(tag[1]), tag[2]
        is_set = not closing if name == "pre" else is_set
        if name in without:
            if name not in _VOID:
                hidden += -1 if closing else 1
        elif not hidden:
            words.append(_stands_for(name, tag[3], closing=closing))
    words.append(html[done:])
    lines = (" ".join(line.split()) for line in entities.unescape("".join(words)).replace(_BACK, "").split("\n"))
    return "\n".join(line for line in lines if line)


def _stands_for(name: str, attributes: str, *, closing: bool) -> str:
    """Return what one tag is in plain text."""
    if name == "img":
        alt = _ALT.search(attributes)
        return f" {alt[1]} " if alt else ""
    if name in _BLOCKS or name == "br":
        return "\n"
    if name in ("td", "th"):
        return " "
    if name == "sup":
        return "]" if closing else "["
    return ""
