"""The text of a post on paper: links are numbered, and their addresses stand below, as notes do in a book."""

import re
from html import unescape
from typing import Final

_LINK: Final = re.compile(r'<a (?:[^>]*? )?href="(https?://[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
_TAG: Final = re.compile(r"<[^>]+>")


def with_addresses(html: str) -> str:
    """Return safe HTML (as `render` makes it) with a number behind each link and a list of the addresses at the end.

    A link that reads as its own address, or one to the same address as before, brings no further line.
    """
    addresses: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        address, words = found[1], found[2]
        said = unescape(_TAG.sub("", words)).strip()
        if said and said.rstrip("/") in (plain := unescape(address)).rstrip("/") and len(said) * 3 > len(plain) * 2:
            return found[0]
        number = addresses.setdefault(address, len(addresses) + 1)
        return f'{found[0]}<sup class="paper__ref">[{number}]</sup>'

    text = _LINK.sub(numbered, html)
    if not addresses:
        return text
    lines = "".join(f"<li>{address}</li>" for address in addresses)
    return f'{text}\n<ol class="paper__links">{lines}</ol>'
