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


def _fill(units: list[tuple[str, float]], room: float, space: float) -> list[tuple[str, float]]:
    """Return the lines that fill the room, with their widths; a line does not keep the space it begins with."""
    lines = [("", 0.0)]
    for unit, wide in units:
        text, held = lines[-1]
        if text and held + wide > room:
            lines.append((unit.lstrip(), wide - space * unit.startswith(" ")))
        else:
            lines[-1] = (text + (unit if text else unit.lstrip()), held + wide)
    return lines


def even_lines(text: str, room: float, width: Width) -> list[str]:
    """Return the text in as few lines as fit the room, as even as these can be; no line for no text.

    `width` measures a piece of text: each piece once, for measuring is what costs time. A word that is wider than the
    room stands alone on its line.
    """
    units = [(unit, width(unit)) for unit in units_of(text)]
    if not units:
        return []
    space = width(" ")
    lines, narrower = _fill(units, room, space), room
    while len(lines) > 1:
        narrower *= 0.96
        tried = _fill(units, narrower, space)
        if len(tried) > len(lines) or max(held for _text, held in tried) > narrower:
            break
        lines = tried
    return [line for line, _held in lines]
