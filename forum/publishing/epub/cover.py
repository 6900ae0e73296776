"""The cover of an EPUB: title, place and seal, drawn as SVG."""

import unicodedata
from collections.abc import Iterator
from html import escape

from forum.publishing.book import Book

WIDTH, HEIGHT, MARGIN = 1200, 1800, 130
INKS = {"vermilion": "#a8321f", "indigo": "#29447a", "pine": "#2b5c47", "plum": "#6f3358", "ochre": "#8a5a14"}
FONTS = "'Noto Serif CJK TC', 'Noto Serif TC', 'Songti TC', PMingLiU, Georgia, serif"
SIZES = ((96, 4), (80, 5), (64, 8))  # size of the title, and how many lines of it a cover holds


def cover(book: Book) -> str:
    """Return the cover as SVG."""
    ink = INKS.get(book.ink, INKS["vermilion"])
    size, lines = next(fitting for fitting in _fittings(book.title) if fitting)
    title = "".join(
        _text(line, MARGIN, 620 + number * round(size * 1.35), size, "#1d1b18") for number, line in enumerate(lines)
    )
    below = 620 + len(lines) * round(size * 1.35)
    place = _wrapped(book.place, 44)[0]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'xml:lang="{book.language}" role="img">\n<title>{escape(book.title)}</title>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fbf8f1"/>\n'
        f'<rect width="36" height="{HEIGHT}" fill="{ink}"/>\n'
        f"{_seal(book.seal, ink)}{_text(place, MARGIN, 470, 44, '#5c564c')}{title}"
        f'<rect x="{MARGIN}" y="{below}" width="180" height="6" fill="{ink}"/>\n'
        f"{_text(_wrapped(book.author, 48)[0], MARGIN, below + 100, 48, '#1d1b18')}"
        f"{_text(book.dates, MARGIN, HEIGHT - 210, 40, '#5c564c')}"
        f"{_text(book.site, MARGIN, HEIGHT - 140, 40, '#5c564c')}</svg>\n"
    )


def _fittings(title: str) -> Iterator[tuple[int, list[str]]]:
    for size, most in SIZES:
        lines = _wrapped(title, size)
        if len(lines) <= most:
            yield size, lines
    size, most = SIZES[-1]
    lines = _wrapped(title, size)
    yield size, [*lines[: most - 1], f"{lines[most - 1][:-1]}…"] if len(lines) > most else lines


def _wide(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WF" else 0.58


def _wrapped(text: str, size: int) -> list[str]:
    """Return the text in lines that fit, broken between words and between Chinese characters."""
    room, lines, line, used = (WIDTH - 2 * MARGIN) / size, [], "", 0.0
    for word in _words(text):
        wide = sum(map(_wide, word))
        if line and used + wide > room:
            lines.append(line.rstrip())
            line, used = "", 0.0
            word = word.lstrip()
        line, used = line + word, used + wide
    return [*lines, line] if line or not lines else lines


def _words(text: str) -> Iterator[str]:
    word = ""
    for character in " ".join(text.split()):
        if _wide(character) == 1.0 or character == " " or len(word) > 16:
            if word:
                yield word
            word = ""
            # What may not begin a line goes with the character before it.
        word += character
        if _wide(character) == 1.0:
            yield word
            word = ""
    if word:
        yield word


def _text(words: str, x: int, y: int, size: int, ink: str) -> str:
    style = f'font-family="{FONTS}" font-size="{size}" fill="{ink}"'
    return f'<text x="{x}" y="{y}" {style}>{escape(words)}</text>\n' if words else ""


def _seal(seal: str, ink: str) -> str:
    """Return the seal: a square of ink with up to four characters, two in a row."""
    rows = [seal] if len(seal) < 3 else [seal[:2], seal[2:4]]
    size = {1: 150, 2: 84}.get(len(seal), 84)
    first = 205 + size * 0.36 - (len(rows) - 1) * size * 0.56
    drawn = "".join(
        f'<text x="{MARGIN + 105}" y="{round(first + number * size * 1.12)}" text-anchor="middle" '
        f'font-family="{FONTS}" font-size="{size}" fill="#fbf8f1">{escape(row)}</text>\n'
        for number, row in enumerate(rows)
    )
    return f'<rect x="{MARGIN}" y="100" width="210" height="210" rx="14" fill="{ink}"/>\n{drawn}'
