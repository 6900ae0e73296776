"""Which pictures of ours a text shows, told from its HTML."""

import re
from typing import Final

# The name of a file says how large the picture is, so that a page keeps its place before it has come.
BARE_NAME: Final = r"[0-9a-f]{32}-[0-9]{1,5}x[0-9]{1,5}\.(?:png|jpg|webp)"
PLACE: Final = "/media/images/"
_SHOWN = re.compile(rf'<img[^>]*? src="{PLACE}({BARE_NAME})"')
_BARE = re.compile(r'<img(?=[^>]* src="/media/images/)[^>]*? alt="\s*"')
_ADDRESS = re.compile(rf"{PLACE}{BARE_NAME}")
_SIZE = re.compile(r"-(\d+)x(\d+)\.")


def names_in(html: str) -> set[str]:
    """Return the names of the pictures of ours that HTML shows, as `render` made it."""
    return {found[1] for found in _SHOWN.finditer(html)} if PLACE in html else set()


def undescribed(html: str) -> int:
    """Return how many pictures of ours HTML shows without a word that says what is in them."""
    return len(_BARE.findall(html)) if PLACE in html else 0


def size_in(address: str) -> tuple[str, str] | None:
    """Return width and height as the address of a picture of ours tells them, None for any other address."""
    if not _ADDRESS.fullmatch(address):
        return None
    width, height = _SIZE.findall(address)[-1]
    return width, height
