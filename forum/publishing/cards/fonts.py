"""The typeface of shared pictures: a serif with Chinese that the system has, and what it cannot write."""

import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import ImageFont

# Where systems keep such a face: Debian and Ubuntu (fonts-noto-cjk), Fedora, Arch, macOS, Windows.
FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
NAMES = (
    "NotoSerifCJK-Bold.ttc",
    "NotoSerifTC-Bold.otf",
    "NotoSerifCJKtc-Bold.otf",
    "SourceHanSerif-Bold.ttc",
    "Songti.ttc",
    "NotoSansCJK-Bold.ttc",
    "NotoSansCJK-Regular.ttc",
    "msjhbd.ttc",
)
_FACES = 12  # at most so many faces in one file
# Signs that a title loses nothing by: emoji and their joints, marks of direction.
_UNSEEN = frozenset(("Cf", "Cc"))
_PASSED_OVER = _UNSEEN | {"So", "Sk", "Cs", "Co", "Cn", "Mn", "Me"}


class NoFont(Exception):
    """The system has no typeface that writes Chinese, or not these characters."""


@cache
def _face() -> tuple[str, int] | None:
    """Return file and number of the face, one for Traditional Chinese where the file holds several."""
    chosen = str(settings.CARD_FONT)
    paths = (
        [Path(chosen)] if chosen else [path for name in NAMES for folder in FOLDERS for path in _found(folder, name)]
    )
    for path in paths:
        try:
            names = _families(str(path))
        except OSError:
            continue
        best = next((number for number, family in enumerate(names) if family.endswith((" TC", " Traditional"))), 0)
        return str(path), best
    return None


def _found(folder: str, name: str) -> list[Path]:
    return sorted(Path(folder).rglob(name)) if Path(folder).is_dir() else []


def _families(path: str) -> list[str]:
    names: list[str] = []
    for number in range(_FACES):
        try:
            names.append(str(ImageFont.truetype(path, 16, index=number).getname()[0]))
        except OSError:
            if not number:
                raise
            break
    return names


def has_font() -> bool:
    """Return whether there is a typeface to draw titles with."""
    return _face() is not None


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Return the typeface at a size in pixels, open until `close_fonts`; raise NoFont where there is none."""
    face = _face()
    if face is None:
        raise NoFont("no typeface with Chinese")
    return ImageFont.truetype(face[0], size, index=face[1])


def close_fonts() -> None:
    """Let go of the file: as long as it is open, what was read of it counts as memory of this process (40 MB)."""
    font.cache_clear()


@cache
def _missing() -> bytes:
    return bytes(font(32).getmask("\U0010fffe"))


@cache
def _can_write(character: str) -> bool:
    return bytes(font(32).getmask(character)) != _missing()


def writable(text: str) -> str:
    """Return the text in one line without the signs that the typeface lacks and a title can do without.

    Raises NoFont when it lacks a letter or a Han character: a title is shown whole or not at all.
    """
    kept = []
    for character in unicodedata.normalize("NFC", " ".join(text.split())):
        category = unicodedata.category(character)
        if category not in _UNSEEN and (character == " " or _can_write(character)):
            kept.append(character)
        elif category not in _PASSED_OVER:
            raise NoFont(f"no glyph for U+{ord(character):04X}")
    return " ".join("".join(kept).split())
