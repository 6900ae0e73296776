"""Uploaded pictures are written anew, and what is none is refused in words."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from accounts.pictures import LARGEST_FILE, square_picture


def _square(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(square_picture(io.BytesIO(data), size=len(data), side=64)))


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def _claiming(width: int, height: int) -> bytes:
    """Return a PNG whose head claims a size that its few bytes do not hold."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rest = b"IDAT" + zlib.compress(b"\0" * 100)
    parts = (struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part)) for part in (head, rest))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + b"\0\0\0\0IEND\xaeB`\x82"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_the_middle_square_of_a_picture_is_kept(kind: str) -> None:
    wide = Image.new("RGB", (300, 100), "red")
    wide.paste("blue", (100, 0, 200, 100))
    small = _square(_saved(wide, kind))
    assert (small.format, small.size) == ("PNG", (64, 64))
    red, green, blue, opacity = small.convert("RGBA").getpixel((32, 32))  # type: ignore[misc]
    assert blue > 200 > red + green
    assert opacity == 255


def test_nothing_but_pixels_is_kept() -> None:
    notes = PngInfo()
    notes.add_text("Comment", "taken at home, 25.03 N 121.56 E")
    data = _saved(Image.new("RGB", (80, 80), "green"), "PNG", pnginfo=notes) + b"<script>alert(1)</script>"
    written = square_picture(io.BytesIO(data), size=len(data), side=64)
    assert b"25.03" not in written
    assert b"script" not in written


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture at all",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a<script>alert(1)</script>",
        b"%PDF-1.7",
        _saved(Image.new("RGB", (20, 20)), "TIFF"),
        _saved(Image.new("RGB", (40, 40)), "PNG")[:60],
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(ValidationError, match="no picture we can read"):
        square_picture(io.BytesIO(data), size=len(data), side=64)


def test_a_picture_of_too_many_pixels_is_refused_before_it_unfolds() -> None:
    bomb = _claiming(30_000, 30_000)
    with pytest.raises(ValidationError, match="too many pixels"):
        square_picture(io.BytesIO(bomb), size=len(bomb), side=64)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(ValidationError, match="too large"):
        square_picture(io.BytesIO(b"x"), size=LARGEST_FILE + 1, side=64)
