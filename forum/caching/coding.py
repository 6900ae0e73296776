"""How pages are compressed on their way: by which coding, and with how much that says nothing."""

import gzip
import re
from threading import local
from typing import Final

import brotli
import zstandard

BROTLI_QUALITY: Final = 5  # a sixth less than gzip in the same time; more would take longer
BROTLI_AT_ONCE: Final = 4  # of a page that only one reader gets: two thirds of the time, a tenth more bytes
ZSTD_LEVEL: Final = 3  # a quarter of the time of Brotli 4 for a twentieth more bytes
BROTLI_WINDOW: Final = 18
GZIP_LEVEL: Final = 6
LONGEST_PAGE: Final = 16_000_000  # bytes, before it is compressed
_of_thread = local()


def _takes(coding: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){coding}(?![\w-])(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.IGNORECASE)


_TAKES_BROTLI, _TAKES_ZSTD, _TAKES_GZIP = map(_takes, ("br", "zstd", "(?:x-)?gzip"))


def coding_of(accepted: str) -> str:
    """Return the coding of a page that is kept, for who sends this Accept-Encoding; "" for who takes none of ours.

    "zstd" is for who takes Brotli as well: the first one gets it at once, and what is asked for again comes by Brotli.
    """
    if _TAKES_BROTLI.search(accepted):
        return "zstd" if _TAKES_ZSTD.search(accepted) else "br"
    return "gzip" if takes_gzip(accepted) else ""


def takes_gzip(accepted: str) -> bool:
    """Return whether who sends this Accept-Encoding takes gzip."""
    return _TAKES_GZIP.search(accepted) is not None


def coding_at_once(accepted: str) -> str:
    """Return the coding of a page that is compressed for this reader alone, so that time counts: zstd before all."""
    return "zstd" if _TAKES_ZSTD.search(accepted) else coding_of(accepted)


def compressed(content: bytes, coding: str) -> bytes:
    """Return the content in a coding, always the same bytes: for what holds no secret that its length could tell."""
    if coding == "zstd":
        return _zstd().compress(content)
    if coding == "br":
        shrunk: bytes = brotli.compress(content, quality=BROTLI_QUALITY, lgwin=BROTLI_WINDOW)
        return shrunk
    return gzip.compress(content, GZIP_LEVEL, mtime=0) if coding == "gzip" else content


def is_quick_body(body: bytes) -> bool:
    """Return whether the body, which may be anything, was compressed at once: a page that can be compressed anew."""
    try:
        # What it says of its length is asked first: it decides how much memory reading it takes.
        return 0 <= zstandard.frame_content_size(body) <= LONGEST_PAGE and bool(
            zstandard.ZstdDecompressor().decompress(body)
        )
    except zstandard.ZstdError:
        return False


def from_zstd_to_brotli(body: bytes) -> bytes:
    """Return what was compressed at once, by `compressed`, in fewer bytes."""
    return compressed(zstandard.ZstdDecompressor().decompress(body), "br")


def brotli_of(content: bytes, *, padding: int) -> bytes:
    """Return the content compressed, with a block of 1 to 256 bytes that says nothing (RFC 7932, section 9.2)."""
    compressor = brotli.Compressor(quality=BROTLI_AT_ONCE, lgwin=BROTLI_WINDOW)
    begun: bytes = compressor.process(content) + compressor.flush()  # a flush ends at a whole byte
    head = 0b010110 | (padding - 1) << 6  # not the last block, of no content, its length in one byte
    end: bytes = compressor.finish()
    return begun + head.to_bytes(2, "little") + bytes(padding) + end


def _zstd() -> zstandard.ZstdCompressor:
    """Return the compressor of this thread: making its tables takes as long as filling them."""
    if not hasattr(_of_thread, "zstd"):
        _of_thread.zstd = zstandard.ZstdCompressor(level=ZSTD_LEVEL, write_checksum=False)
    compressor: zstandard.ZstdCompressor = _of_thread.zstd
    return compressor


def zstd_of(content: bytes, *, padding: int) -> bytes:
    """Return the content compressed, with so many blocks that say nothing, of 3 bytes (RFC 8878, section 3.1.1.2)."""
    compressor = _zstd().compressobj(size=len(content))
    begun = compressor.compress(content) + compressor.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
    return begun + bytes(3 * padding) + compressor.flush()  # a raw block, not the last, of no content
