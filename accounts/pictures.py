"""Uploaded pictures: checked, made small and written anew, so that nothing of the file itself is kept."""

import io
import warnings
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_FILE = 4_000_000  # bytes
MOST_PIXELS = 40_000_000  # of what is opened at all: a bomb is refused before it unfolds
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def square_picture(file: IO[bytes], *, size: int, side: int) -> bytes:
    """Return the middle square of a picture as a PNG of `side` × `side` pixels.

    `size` is the length of the file in bytes. Only pixels survive: no metadata, no second frame, no other data.
    Raises ValidationError in the reader's words for a file that is too large, or no picture of a known kind.
    """
    if size > LARGEST_FILE:
        raise ValidationError(_("The file is too large: at most %(limit)s MB.") % {"limit": LARGEST_FILE // 1_000_000})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise ValidationError(_("The picture has too many pixels."))
                picture.draft("RGB", (side * 2, side * 2))  # a JPEG need not be unfolded whole
                upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise ValidationError(_("The picture has too many pixels.")) from problem
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as problem:
        raise ValidationError(_("This is no picture we can read. Take a PNG, JPEG, WebP or GIF file.")) from problem
    small = ImageOps.fit(upright, (side, side), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    Image.frombytes("RGBA", small.size, small.tobytes()).save(written, "PNG", optimize=True)
    return written.getvalue()
