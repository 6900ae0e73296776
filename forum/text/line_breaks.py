"""Lines of a short text in Chinese and English: where one may end, and lines of even length."""

import re
from collections.abc import Callable

# What must not begin a line, and what must not end one (the rules of Chinese setting: CLREQ, 3.1.3).
NEVER_FIRST = frozenset("、。，．！？；：」』）》〉】〕｝”’…—～·・％‰℃,.!?;:)]}%ー々〻")
NEVER_LAST = frozenset("「『（《〈【〔｛“‘([{$＄￥#＃@")
_UNIT = re.compile(r"[^\s\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]+|\S")

type Width = Callable[[str], float]


def units_of(text: str) -> list[str]:
    """Return the pieces between which a line may end: a Han character, a word, each with the marks that belong to it.

    A piece that had a space before it begins with one.
    """
    units: list[str] = []
    end = 0
    for found in _UNIT.finditer(text):
        piece, is_apart = found[0], found.start() > end
        last = units[-1] if units else ""
        if last and not is_apart and (piece[0] in NEVER_FIRST or last[-1] in NEVER_LAST):
            units[-1] += piece
        else:
            units.append(f" {piece}" if is_apart and units else piece)
        end = found.end()
    return units


def _fill(units: list[str], room: float, width: Width) -> list[str]:
    lines = [""]
    for unit in units:
        if lines[-1] and width(lines[-1] + unit) > room:
            lines.append(unit.lstrip())
        else:
            lines[-1] += unit if lines[-1] else unit.lstrip()
    return lines


def even_lines(text: str, room: float, width: Width) -> list[str]:
    """Return the text in as few lines as fit the room, as even as these can be; no line for no text.

    `width` measures a piece of text. A word that is wider than the room stands alone on its line.
    """
    units = units_of(text)
    if not units:
        return []
    lines, narrower = _fill(units, room, width), room
    while len(lines) > 1:
        narrower *= 0.96
        tried = _fill(units, narrower, width)
        if len(tried) > len(lines) or max(map(width, tried)) > narrower:
            break
        lines = tried
    return lines
