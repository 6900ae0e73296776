"""Mails as people see them: plain text with an HTML twin in one look; what others wrote becomes no link in them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string

_JOINER = "\u2060"  # no width, no break: mail programs see no address around it
# Where mail programs find addresses in plain text: a dot, colon, slash or at sign between two characters. After a
# full stop of Chinese only where letters of an address follow: elsewhere the line may break there.
_LINKING = re.compile(r"(?<=\S)([.:/@＠\\](?=\S)|[．。｡](?=[0-9A-Za-z]))")
# Controls, marks that turn the direction of writing, lone surrogates, line and paragraph separators.
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_ADDRESS = re.compile(r"https?://\S+")


def harmless(text: str) -> str:
    """Return what somebody else wrote as one line that no mail program makes a link of, or a header."""
    line = " ".join(str(text).split())
    seen = "".join(letter for letter in line if unicodedata.category(letter) not in _UNSEEN)
    return _LINKING.sub(rf"\1{_JOINER}", seen)


def header(text: str, length: int = 120) -> str:
    """Return a text as one line that fits a header such as the subject."""
    line = " ".join(str(text).split())
    seen = "".join(letter for letter in line if letter == _JOINER or unicodedata.category(letter) not in _UNSEEN)
    return seen if len(seen) <= length else seen[: length - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a plain mail: its lines, or an address that stands alone."""

    lines: tuple[str, ...]
    address: str = ""


def pieces_of(text: str) -> Iterator[Piece]:
    """Yield the paragraphs of a plain mail; an address alone on its line is a piece of its own."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines: list[str] = []
        for line in (line.strip() for line in paragraph.splitlines()):
            if not _ADDRESS.fullmatch(line):
                lines.append(line)
                continue
            if lines:
                yield Piece(tuple(lines))
            lines = []
            yield Piece((), address=line)
        if lines:
            yield Piece(tuple(lines))


def html_of(text: str, *, subject: str) -> str:
    """Return the HTML twin of a plain mail: its paragraphs in the look of all mails, its addresses as buttons."""
    *pieces, last = pieces_of(text)
    return render_to_string("mail/plain.html", {"pieces": pieces, "foot": last, "subject": subject})
