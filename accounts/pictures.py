"""Uploaded pictures: checked, made small and written anew, so that nothing of the file itself is kept."""

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

LARGEST_FILE = 4_000_000  # bytes of a crest or an avatar
LARGEST_IMAGE = 10_000_000  # bytes of a picture for a text
MOST_PIXELS = 50_000_000  # of what is opened at all: a bomb is refused before it unfolds
LONGEST_SIDE = 2400  # pixels of what is kept
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
FEW_COLOURS = 256
SAFE_MODES = ("RGB", "RGBA", "L")  # those that can be made smaller as they are
# What the library raises over a broken file: besides its own kinds whatever the numbers in the file led to.
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    MemoryError,
    TypeError,
    LookupError,
    ArithmeticError,
    struct.error,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture written by us: its bytes, the ending of its name, and its size in pixels."""

    data: bytes
    ending: str
    width: int
    height: int


def square_picture(file: IO[bytes], *, size: int, side: int) -> bytes:
    """Return the middle square of a picture as a PNG of `side` × `side` pixels.

    `size` is the length of the file in bytes. Only pixels survive: no metadata, no second frame, no other data.
    Raises ValidationError in the reader's words for a file that is too large, or no picture of a known kind.
    """
    with _opened(file, size=size, largest=LARGEST_FILE) as picture:
        picture.draft("RGB", (side * 2, side * 2))  # a JPEG need not be unfolded whole
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    return _written(ImageOps.fit(upright, (side, side), Image.Resampling.LANCZOS), "PNG", optimize=True)


def whole_picture(file: IO[bytes], *, size: int) -> Picture:
    """Return a picture whole, upright, and no longer than LONGEST_SIDE on either side.

    Of several frames the first is kept, and of that only pixels. `size` is the length of the file in bytes. Raises
    ValidationError as `square_picture` does.
    """
    with _opened(file, size=size, largest=LARGEST_IMAGE) as picture:
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        kept = picture if picture.mode in SAFE_MODES else picture.convert("RGBA")
        kept.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
        kept = ImageOps.exif_transpose(kept).convert("RGBA")
    return _best(kept.convert("RGB") if kept.getchannel("A").getextrema() == (255, 255) else kept)


@contextmanager
def _opened(file: IO[bytes], *, size: int, largest: int) -> Iterator[Image.Image]:
    """Open a picture; what it does not keep, from its head to its last pixel, is told as a ValidationError."""
    if size > largest:
        raise ValidationError(_("The file is too large: at most %(limit)s MB.") % {"limit": largest // 1_000_000})
    try:
        with warnings.catch_warnings():
            # The limit is ours below: what the library warns of is smaller than that.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise ValidationError(_("The picture has too many pixels."))
                yield picture
    except Image.DecompressionBombError as problem:
        raise ValidationError(_("The picture has too many pixels.")) from problem
    except _BROKEN as problem:
        raise ValidationError(_("This is no picture we can read. Take a PNG, JPEG, WebP or GIF file.")) from problem


def _written(picture: Image.Image, kind: str, **options: object) -> bytes:
    """Return the bytes of the pixels alone: a new picture knows nothing of the file it came from."""
    written = io.BytesIO()
    Image.frombytes(picture.mode, picture.size, picture.tobytes()).save(written, kind, **options)
    return written.getvalue()


def _best(picture: Image.Image) -> Picture:
    """Return a photograph as JPEG, a drawing as PNG, and what is transparent in many colours as WebP.

    The first two are what any program will read that the text is opened with one day.
    """
    photograph = (
        _written(picture, "JPEG", quality=85, progressive=True, optimize=True) if picture.mode == "RGB" else b""
    )
    drawing = _written(picture, "PNG", optimize=True) if picture.getcolors(FEW_COLOURS) else b""
    if drawing and (not photograph or len(drawing) <= len(photograph)):
        return Picture(drawing, "png", picture.width, picture.height)
    if photograph:
        return Picture(photograph, "jpg", picture.width, picture.height)
    return Picture(_written(picture, "WEBP", quality=88), "webp", picture.width, picture.height)
