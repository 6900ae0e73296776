"""Uploaded pictures are written anew, and what is none is refused in words."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from accounts.pictures import LARGEST_FILE, LARGEST_IMAGE, Picture, square_picture, whole_picture


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


def _whole(data: bytes) -> Picture:
    return whole_picture(io.BytesIO(data), size=len(data))


def _photograph(width: int = 60, height: int = 40) -> Image.Image:
    return Image.effect_noise((width, height), 90).convert("RGB").resize((width, height))


def test_a_photograph_stays_whole_and_a_long_one_is_made_smaller() -> None:
    long = Image.linear_gradient("L").resize((4000, 100)).convert("RGB")
    kept = _whole(_saved(long, "JPEG"))
    assert (kept.width, kept.height) == (2400, 60)
    assert Image.open(io.BytesIO(kept.data)).size == (2400, 60)


@pytest.mark.parametrize(
    ("picture", "kind", "ending"),
    [
        (_photograph(), "JPEG", "jpg"),
        (_photograph(), "PNG", "jpg"),
        (Image.new("RGB", (60, 40), "red"), "PNG", "png"),
        (Image.new("P", (60, 40)), "GIF", "png"),
        (Image.merge("RGBA", (*_photograph().split(), Image.linear_gradient("L").resize((60, 40)))), "PNG", "webp"),
        (_photograph().convert("CMYK"), "JPEG", "jpg"),
    ],
)
def test_a_picture_is_written_as_what_it_is(picture: Image.Image, kind: str, ending: str) -> None:
    kept = _whole(_saved(picture, kind))
    read = Image.open(io.BytesIO(kept.data))
    assert (kept.ending, read.format) == (ending, {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[ending])
    assert read.size == picture.size == (kept.width, kept.height)


def test_a_photograph_is_turned_upright_and_forgets_where_it_was_taken() -> None:
    notes = Image.Exif()
    notes[0x0112], notes[0x010E] = 6, "taken at home"  # turned by a quarter; its description
    kept = _whole(_saved(_photograph(), "JPEG", exif=notes, comment=b"taken at home", icc_profile=b"taken at home"))
    read = Image.open(io.BytesIO(kept.data))
    assert read.size == (40, 60)
    assert not read.getexif()
    assert b"taken at home" not in kept.data


def test_of_a_moving_picture_the_first_frame_is_kept() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    kept = Image.open(io.BytesIO(_whole(_saved(frames[0], "GIF", save_all=True, append_images=frames[1:])).data))
    assert getattr(kept, "n_frames", 1) == 1
    assert kept.convert("RGB").getpixel((5, 5)) == (255, 0, 0)


def test_what_else_a_file_is_does_not_survive() -> None:
    script = b"*/=alert(document.domain)/*<script>alert(1)</script><?php system('id')?>"
    jpeg = _saved(_photograph(), "JPEG", comment=script) + b"PK\x03\x04" + script
    png = _saved(_photograph(), "PNG") + b"%PDF-1.7" + script
    gif = _saved(Image.new("P", (20, 20)), "GIF", comment=script)
    for data in (jpeg, png, gif):
        kept = _whole(data).data
        assert not [part for part in (b"script", b"alert", b"php", b"PK\x03\x04", b"%PDF") if part in kept]


def _told(length: int, chunk: bytes, data: bytes) -> bytes:
    return struct.pack(">I", length) + chunk + data + struct.pack(">I", zlib.crc32(chunk + data))


PLAIN = _saved(Image.new("RGB", (40, 40)), "PNG")
WORDS = b"Comment\0\0" + zlib.compress(b"a" * 90_000_000)
BOMBS = {
    "no picture": b"<html><script>alert(1)</script></html>",
    "a drawing with a script": b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "a page that begins like a GIF": b"GIF89a/*" + b"<script>alert(1)</script>" * 20,
    "a kind that nobody needs": _saved(Image.new("RGB", (20, 20)), "TIFF"),
    "a document": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    "cut off in its head": PLAIN[:20],
    "cut off in its pixels": _saved(_photograph(), "PNG")[:600],
    "a photograph cut off": _saved(_photograph(), "JPEG")[:500],
    "words that unfold": PLAIN[:33] + _told(len(WORDS), b"zTXt", WORDS) + PLAIN[33:],
}


@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS.keys())
def test_a_hostile_file_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(ValidationError, match="no picture we can read"):
        _whole(data)


@pytest.mark.parametrize("size", [(30_000, 30_000), (50_001, 1_000), (2_000_000, 2_000_000)])
def test_huge_dimensions_are_refused_before_they_unfold(size: tuple[int, int]) -> None:
    with pytest.raises(ValidationError, match="too many pixels"):
        _whole(_claiming(*size))


def test_a_whole_picture_has_a_limit_of_its_own() -> None:
    with pytest.raises(ValidationError, match="at most 10 MB"):
        whole_picture(io.BytesIO(b"x"), size=LARGEST_IMAGE + 1)
