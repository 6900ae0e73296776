"""Reposts: how much of a text is the writer's own."""

import re
from collections.abc import Set as AbstractSet

from forum.text.markdown import render
from forum.text.plain import html_to_text

_NOT_OWN: AbstractSet[str] = frozenset(("blockquote", "pre", "img", "table"))
_ADDRESS = re.compile(r"\bhttps?://\S+")


def own_characters(source: str) -> int:
    """Return how many characters of Markdown `source` stand outside quotations, code, tables, pictures and addresses.

    Spaces do not count.
    """
    words = _ADDRESS.sub("", html_to_text(render(source), without=_NOT_OWN))
    return len("".join(words.split()))
