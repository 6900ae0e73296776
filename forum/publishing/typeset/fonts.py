"""The typefaces of this machine that books are set in: where they are, what they have, and what none of them has."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTCollection, TTFont

PACKAGE: Final = "fonts-noto-cjk"  # the Debian package of the typefaces that Chinese books need
TEXT: Final = "NotoSerifCJK"
SANS: Final = "NotoSansCJK"
# What else may have a character that those lack, in the order of asking. The first two come with the typesetter.
OTHERS: Final = (
    "NotoSansCJK-Regular",
    "DejaVuSerif",
    "DejaVuSans",
    "NotoSerif-Regular",
    "NotoSans-Regular",
    "NotoSansSymbols-Regular",
    "NotoSansSymbols2-Regular",
    "NotoSansMath-Regular",
    "NotoEmoji-Regular",
    "Symbola",
    "NotoColorEmoji",
    "NotoSansThai-Regular",
    "NotoSansHebrew-Regular",
    "NotoSansDevanagari-Regular",
    "NotoNaskhArabic-Regular",
    "HanaMinA",
    "HanaMinB",
    "Unifont",
)
_ENDINGS: Final = (".ttc", ".otf", ".ttf")
# Scripts that the typesetter's own Libertinus Serif has whole.
_LIBERTINUS: Final = frozenset(
    chr(code) for first, last in ((0x21, 0x7E), (0xA1, 0x17F), (0x391, 0x3A1), (0x3A3, 0x3C9), (0x410, 0x44F))
    for code in range(first, last + 1)
)  # fmt: skip


class NoTypefaceError(Exception):
    """A typeface that books cannot do without is not on this machine; its message names the package that has it."""


@dataclass(frozen=True, slots=True)
class Face:
    """One typeface: its file, its place in that, and the name by which the typesetter knows it."""

    path: Path
    index: int
    family: str

    @property
    def characters(self) -> frozenset[str]:
        """What it has a shape for."""
        return _characters(self.path, self.index)


@dataclass(frozen=True, slots=True)
class Faces:
    """The typefaces for one book: the files it needs, other families in the order of asking, and what none has."""

    files: tuple[Path, ...]
    others: tuple[str, ...]
    absent: frozenset[str]


def folders() -> tuple[Path, ...]:
    """Return where typefaces are kept; FONT_FOLDERS in the environment names others, parted by colons."""
    if named := os.environ.get("FONT_FOLDERS"):
        return tuple(Path(folder) for folder in named.split(os.pathsep))
    home = Path.home()
    places = (
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        home / ".local/share/fonts",
        home / ".fonts",
        "/Library/Fonts",
    )
    return tuple(Path(place) for place in places)


@lru_cache(maxsize=4)
def _files(places: tuple[Path, ...]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else ():
            if path.suffix.lower() in _ENDINGS:
                found.setdefault(path.stem, path)
    return found


@lru_cache(maxsize=64)
def _characters(path: Path, index: int) -> frozenset[str]:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap() or {}))


@lru_cache(maxsize=16)
def faces_in(path: Path) -> tuple[Face, ...]:
    """Return the typefaces of a file, by their English family names."""
    if path.suffix.lower() == ".ttc":
        with TTCollection(path, lazy=True) as collection:
            return tuple(Face(path, at, font["name"].getBestFamilyName()) for at, font in enumerate(collection.fonts))
    with TTFont(path, lazy=True) as font:
        return (Face(path, 0, font["name"].getBestFamilyName()),)


def chinese(weight: str = "Regular") -> Face:
    """Return the serif typeface for Traditional Chinese. Raises NoTypefaceError where it is not installed."""
    path = _files(folders()).get(f"{TEXT}-{weight}")
    for face in faces_in(path) if path else ():
        if face.family.endswith("TC"):
            return face
    raise NoTypefaceError(PACKAGE)


def faces_for(characters: Iterable[str]) -> Faces:
    """Return the typefaces that a book with these characters needs. Raises NoTypefaceError without the Chinese one."""
    files = [chinese().path]
    known = _files(folders())
    files += [known[name] for name in (f"{TEXT}-Bold", f"{SANS}-Regular") if name in known]
    others: list[str] = []
    left = set(characters) - _LIBERTINUS - chinese().characters
    for name in OTHERS:
        if not left:
            break
        if name not in known:
            continue
        face = next((face for face in faces_in(known[name]) if "Mono" not in face.family), None)
        if face is not None and left & face.characters:
            left -= face.characters
            others.append(face.family)
            files.append(face.path)
    return Faces(tuple(dict.fromkeys(files)), tuple(others), frozenset(left))
