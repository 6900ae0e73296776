"""Texts for vertical lines: short numbers and abbreviations among Chinese stand upright, everything else stays."""

import re
from bisect import bisect_right
from typing import Final

_TAG = re.compile(r'<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>(?:[^<>"]|"[^"]*")*)>')
_LANG = re.compile(r'\slang="([^"]*)"')
# What is set in horizontal lines of its own, or letter by letter as its writer typed it.
_KEPT: Final = frozenset({"code", "pre", "table"})
_LINES_OF_PAPER: Final = 36
_VOID: Final = frozenset({"br", "hr", "img"})
_INLINE: Final = frozenset({"a", "em", "strong", "del", "sup", "span"})

_LATIN = r"0-9A-Za-z\u00c0-\u024f"
# Beside what is Latin itself (in a sentence, a decimal, a time of day) a number is no number of its own.
_BEFORE = rf"(?<![{_LATIN}&#;])(?<![{_LATIN}][ .,:/\-–_@'’+=])"
_AFTER = rf"(?![{_LATIN}&%]|[ .,:/\-–_@'’+=][{_LATIN}])"
_UPRIGHT = re.compile(
    rf"{_BEFORE}(?:(?P<combined>[0-9]{{1,3}}|[0-9]{{1,2}}%)|(?P<stacked>(?=[0-9]*[A-Z])[A-Z0-9]{{1,4}})){_AFTER}"
    r"|(?<![!?])(?P<marks>[!?]{2})(?![!?])"
    rf"|(?P<lying>[‘“](?=[{_LATIN}])|(?<=[{_LATIN}])’(?=[{_LATIN}])|(?<=[{_LATIN}.,!?])[’”])"
)


def is_chinese(language: str) -> bool:
    """Return whether a text in the language may run in vertical lines."""
    return language.partition("-")[0] == "zh"


def upright(html: str) -> str:
    """Return safe HTML with what stands upright in vertical lines marked: `combined` side by side, `stacked` below.

    The quotation marks of Latin, which Chinese faces would set upright, are marked as `lying` on their side.
    By CLREQ 3.2.5: numbers of one to three digits and pairs of ! and ? take the place of one character, abbreviations
    of one to four capitals stand letter by letter. Longer Latin lies on its side, as do numbers within it. The text,
    its addresses, code, tables and passages in other languages stay as they are. Linear in the length of `html`.
    """
    pieces = _pieces(html)
    starts, flat, length = [], [], 0
    for _piece, seen in pieces:
        starts.append(length)
        flat.append(seen)
        length += len(seen)
    marked: dict[int, list[re.Match[str]]] = {}
    for found in _UPRIGHT.finditer("".join(flat)):
        place = bisect_right(starts, found.start()) - 1
        piece, seen = pieces[place]
        if piece == seen and found.end() <= starts[place] + len(seen):
            marked.setdefault(place, []).append(found)
    return "".join(_with_spans(piece, starts[at], marked.get(at, ())) for at, (piece, _seen) in enumerate(pieces))


def has_tall_blocks(html: str) -> bool:
    """Return whether code or a table in safe HTML is too long to stand across vertical lines on one page of paper."""
    codes = html.split("<pre")[1:]
    tables = html.split("<table")[1:]
    lines = [code.partition("</pre>")[0].count("\n") for code in codes]
    rows = [table.partition("</table>")[0].count("<tr") for table in tables]
    return max([*lines, *(2 * number for number in rows)], default=0) > _LINES_OF_PAPER


def _pieces(html: str) -> list[tuple[str, str]]:
    """Cut HTML into tags and texts, each with what the search sees of it: of texts all, of blocks a line's end."""
    pieces: list[tuple[str, str]] = []
    open_ones: list[tuple[str, bool]] = []
    at = 0

    def add_text(text: str) -> None:
        if text:
            is_kept = bool(open_ones) and open_ones[-1][1]
            pieces.append((text, "\n" if is_kept and text != "\n" else text))

    for tag in _TAG.finditer(html):
        add_text(html[at : tag.start()])
        at, name = tag.end(), tag["name"]
        pieces.append((tag[0], "" if name in _INLINE else "\n"))
        if tag["end"]:
            while open_ones and open_ones.pop()[0] != name:
                pass
        elif name not in _VOID:
            language = _LANG.search(tag["rest"])
            is_kept = name in _KEPT or bool(open_ones and open_ones[-1][1])
            is_kept = is_kept or bool(language and not is_chinese(language[1]))
            open_ones.append((name, is_kept))
    add_text(html[at:])
    return pieces


def _with_spans(piece: str, start: int, found: "list[re.Match[str]] | tuple[()]") -> str:
    """Return a text with spans around what was found in it; `start` is where it begins in what was searched."""
    parts, at = [], 0
    for match in found:
        kind = "combined" if match.lastgroup == "marks" else str(match.lastgroup)
        first, last = match.start() - start, match.end() - start
        parts.append(f'{piece[at:first]}<span class="{kind}">{piece[first:last]}</span>')
        at = last
    return "".join([*parts, piece[at:]])
