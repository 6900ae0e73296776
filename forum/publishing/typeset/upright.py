"""Characters that lie on their left side, for vertical writing: on a page turned to the right they stand upright.

No typesetter at hand writes from top to bottom. So a vertical page is set as a horizontal one with these characters in
place of the usual ones, and turned as a whole (binding.py). Latin words are left as they are and lie, as they do in
vertical Chinese. Marks take the shapes that the typeface has for vertical lines (the feature `vert`).
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from fontTools.fontBuilder import FontBuilder
from fontTools.misc.transform import Transform
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

FAMILY: Final = "Cityboards Upright"
LETTERS: Final = "Cityboards Upright Letters"
EM: Final = 1000
DASH: Final = 0x2014  # of which Chinese writes two
ASCENT, DESCENT = 880, -120
# (x, y) about the middle of the em box, a quarter to the left.
_TURN: Final = (0, 1, -1, 0, ASCENT, DESCENT)
_TO_WIDE: Final = 0xFF01 - 0x21  # from a letter to the same letter as wide as a Chinese character


def lay_down(path: Path, index: int, characters: Iterable[str], *, style: str, folder: Path) -> list[Path]:
    """Write the two typefaces of one style for these characters to `folder`; return their files.

    One has Chinese characters and marks; the other has letters and digits as wide as those, which stand one below
    another. Raises OSError and what fontTools raises for a file that is no OpenType font with outlines.
    """
    with TTFont(path, fontNumber=index, lazy=True) as font:
        cmap, shapes, widths = font.getBestCmap(), font.getGlyphSet(), font["hmtx"]
        vertical, wide = _substitutes(font, "vert"), _substitutes(font, "fwid")
        chosen: dict[int, str] = {}
        letters: dict[int, str] = {}
        for character in sorted(set(characters)):
            code = ord(character)
            if character.isascii() and character.isalnum():
                if glyph := cmap.get(code + _TO_WIDE):
                    letters[code] = glyph
                continue
            glyph = cmap.get(code)
            glyph = wide.get(glyph, glyph) if glyph and widths[glyph][0] != EM else glyph
            if glyph and widths[glyph][0] == EM:
                chosen[code] = vertical.get(glyph, glyph)
        lying = {glyph: _turned(shapes, glyph) for glyph in {*chosen.values(), *letters.values()}}
        if dash := chosen.get(DASH):
            lying[dash] = _turned(shapes, dash, whole=True)
    return [
        _write(folder / f"{family.replace(' ', '')}-{style}.otf", family, style, cmap, lying)
        for family, cmap in ((FAMILY, chosen), (LETTERS, letters))
        if cmap
    ]


def _substitutes(font: TTFont, feature: str) -> dict[str, str]:
    """Return which glyphs a feature puts in the place of which, those of the first script that has it."""
    table = font["GSUB"].table
    found: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag != feature:
            continue
        for at in record.Feature.LookupListIndex:
            for part in table.LookupList.Lookup[at].SubTable:
                found.update(getattr(getattr(part, "ExtSubTable", part), "mapping", {}))
    return found


def _turned(shapes: Any, glyph: str, *, whole: bool = False) -> Any:
    """Return the lying shape of a glyph; `whole`, it goes from edge to edge, so that two of them are one line."""
    turn = Transform(*_TURN)
    if whole:
        bounds = BoundsPen(shapes)
        shapes[glyph].draw(TransformPen(bounds, turn))
        first, _low, last, _high = bounds.bounds
        turn = Transform().scale(EM / (last - first), 1).translate(-first, 0).transform(turn)
    pen = T2CharStringPen(EM, shapes)
    shapes[glyph].draw(TransformPen(pen, turn))
    return pen.getCharString()


def _write(path: Path, family: str, style: str, cmap: dict[int, str], shapes: dict[str, Any]) -> Path:
    """Write a font of these shapes, a glyph for each character: text is then found again by what it says."""
    blank = T2CharStringPen(EM, None).getCharString()
    glyphs = {".notdef": blank, **{f"u{code:05X}": shapes[glyph] for code, glyph in cmap.items()}}
    name = f"{family.replace(' ', '')}-{style}"
    is_bold = style == "Bold"
    builder = FontBuilder(EM, isTTF=False)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({code: f"u{code:05X}" for code in cmap})
    builder.setupCFF(name, {"FullName": f"{family} {style}"}, glyphs, {})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (EM, 0)))
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupNameTable({"familyName": family, "styleName": style, "fullName": f"{family} {style}", "psName": name})
    builder.setupOS2(
        sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT, usWinDescent=-DESCENT,
        usWeightClass=700 if is_bold else 400, fsSelection=0x20 if is_bold else 0x40,
    )  # fmt: skip
    builder.setupPost()
    builder.save(path)
    return path
