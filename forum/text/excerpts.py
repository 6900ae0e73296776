"""The beginning of a post in one line, cut where a reader would cut it."""

import re
from collections.abc import Set as AbstractSet

from forum.text.markdown import render
from forum.text.plain import html_to_text

_ENOUGH = 4000  # characters of source in which an excerpt is looked for first
_WIDE = r"\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_WIDE_ONE = re.compile(rf"[{_WIDE}]")
_PIECE = re.compile(rf"[{_WIDE}]|\s+|[^\s{_WIDE}]+")
_SENTENCE_END = re.compile(r"[。！？!?](?:[」』”’)）]*)|\.(?=\s)")
_LOOSE_END = " \t，、；：,;:—–-…「『（(《〈“‘["
_CITED = frozenset(("blockquote", "pre", "img", "section", "table"))
_SHOWN = frozenset(("pre", "img", "section"))


def excerpt(source: str, length: int = 90) -> str:
    """Return the first words of Markdown `source` in one line, at most about `length` Han characters wide.

    A Latin letter counts half a Han character. Quotations, code and images are passed over as long as there is
    anything else. What was cut ends in "…"; a Latin word is not cut unless it alone is too long.
    """
    words = _words_of(source[:_ENOUGH], without=_CITED)
    if not words and len(source) > _ENOUGH:
        words = _words_of(source, without=_CITED)
    return shorten(words or _words_of(source[:_ENOUGH], without=_SHOWN) or _words_of(source), length)


def shorten(text: str, length: int) -> str:
    """Return plain `text` in one line of at most about `length` Han characters, "…" at the end if it was cut."""
    line = " ".join(text.split())
    room = float(length)
    kept: list[str] = []
    for piece in _PIECE.finditer(line):
        room -= 1 if _WIDE_ONE.match(piece[0]) else len(piece[0]) / 2
        if room < 0:
            return _well_cut("".join(kept) or piece[0][: 2 * length]) + "…"
        kept.append(piece[0])
    return line


def _well_cut(text: str) -> str:
    """Return `text` up to its last sentence if that is near, else without punctuation hanging at its end."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    if ends and ends[-1] >= 0.8 * len(text):
        return text[: ends[-1]]
    return text.rstrip(_LOOSE_END)


def _words_of(source: str, without: AbstractSet[str] = frozenset()) -> str:
    return html_to_text(render(source), without=without)
