"""Draws the picture of a shared page: 1200 × 630, a few inks on paper, some twenty kilobytes."""

from functools import cache, partial
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw

from forum.publishing.cards.fonts import NoFont, close_fonts, font, writable
from forum.text.card_words import CardWords
from forum.text.line_breaks import even_lines

SIZE = (1200, 630)
EDGE, ROOM = 84, 1200 - 2 * 84
TITLE_SIZES = (88, 76, 66, 58, 52)
MOST_LINES = {88: 2, 76: 3, 66: 3, 58: 4, 52: 4}
TITLE_TOP, TITLE_BOTTOM = 206, 530
LEAD_SIZE, LEAD_LINES = 32, (0, 2, 2, 1, 0)  # as many as there is room for below so many lines of title
HANGING = frozenset("「『（《〈【〔")
SITE = "Cityboards"

# The colours of static/css/tokens.css, light, as a PNG writes them.
PAPER, INK, SECOND, LINE, WHITE = "#fcfaf6", "#282019", "#5a4f46", "#c0b9b0", "#fefcf7"
SEALS = {
    "vermilion": "#bd3b29",
    "indigo": "#2e4b83",
    "pine": "#1b5a43",
    "plum": "#793064",
    "ochre": "#7a4c18",
}


def draw_card(words: CardWords) -> bytes:
    """Return the picture as a PNG of few colours; raise NoFont when no typeface can write the title."""
    try:
        return _drawn(words)
    finally:
        close_fonts()


def _drawn(words: CardWords) -> bytes:
    title = writable(words.title)
    if not title:
        raise NoFont("nothing to write")
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((28, 28, SIZE[0] - 29, SIZE[1] - 29), outline=LINE, width=2)
    _draw_seal(pen, (EDGE, 76), 92, writable(words.seal), SEALS.get(words.ink, SEALS["vermilion"]))
    _draw_place(pen, words)
    _draw_title(pen, title, writable(words.lead))
    _draw_seal(pen, (EDGE, 549), 30, "城", SEALS["vermilion"])
    pen.text((EDGE + 44, 564), SITE, font=font(24), fill=SECOND, anchor="lm")
    file = BytesIO()
    inks = _palette(SEALS.get(words.ink, SEALS["vermilion"]))
    image.quantize(palette=inks, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


@cache
def _palette(seal: str) -> Image.Image:
    """Return the inks, each with the steps in which the edges of its letters run into what they stand on."""
    runs = ((PAPER, INK, 10), (PAPER, SECOND, 4), (PAPER, LINE, 1), (PAPER, seal, 3), (seal, WHITE, 6))
    colours = [PAPER]
    for ground, ink, steps in (*runs, (PAPER, SEALS["vermilion"], 2), (SEALS["vermilion"], WHITE, 4)):
        colours += [_between(ground, ink, step / steps) for step in range(1, steps + 1)]
    image = Image.new("P", (1, 1))
    image.putpalette([part for colour in colours for part in ImageColor.getrgb(colour)])
    return image


def _between(first: str, second: str, share: float) -> str:
    pairs = zip(ImageColor.getrgb(first), ImageColor.getrgb(second), strict=True)
    return "#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in pairs)


def _width(text: str, size: int) -> float:
    return float(font(size).getlength(text))


def _draw_place(pen: ImageDraw.ImageDraw, words: CardWords) -> None:
    place, detail = writable(words.place), writable(words.detail)
    left, size = EDGE + 92 + 28, 36
    room = SIZE[0] - EDGE - left
    if detail:
        pen.text((left, 103), _cut(place, room, size), font=font(size), fill=INK, anchor="lm")
        pen.text((left, 148), _cut(detail, room, 26), font=font(26), fill=SECOND, anchor="lm")
    else:
        pen.text((left, 122), _cut(place, room, size), font=font(size), fill=INK, anchor="lm")


def _cut(text: str, room: float, size: int) -> str:
    """Return the line, shortened to the room."""
    if _width(text, size) <= room:
        return text
    while text and _width(f"{text}…", size) > room:
        text = text[:-1].rstrip()
    return f"{text}…"


def _set(title: str) -> tuple[list[str], int]:
    """Return the lines of the title and their size: as large as it fits whole; one that never does is cut."""
    for size in TITLE_SIZES:
        lines = even_lines(title, ROOM, partial(_width, size=size))
        if len(lines) <= MOST_LINES[size] and all(_width(line, size) <= ROOM for line in lines):
            return lines, size
    return _within(title, TITLE_SIZES[-1], MOST_LINES[TITLE_SIZES[-1]]), TITLE_SIZES[-1]


def _draw_title(pen: ImageDraw.ImageDraw, title: str, lead: str) -> None:
    """Write the title in the middle of its room, and below it what leads in, in two lines at most."""
    lines, size = _set(title)
    step = size * 1.36
    leads = _within(lead, LEAD_SIZE, LEAD_LINES[len(lines)])
    height = step * len(lines) + LEAD_SIZE * (1.5 * len(leads) + 0.5 * bool(leads))
    top = TITLE_TOP + (TITLE_BOTTOM - TITLE_TOP - height) / 2
    for number, line in enumerate(lines):
        _write(pen, top + step * (number + 0.5), line, size, INK)
    for number, line in enumerate(leads):
        _write(pen, top + step * len(lines) + LEAD_SIZE * (1.5 * number + 1.25), line, LEAD_SIZE, SECOND)


def _write(pen: ImageDraw.ImageDraw, middle: float, line: str, size: int, ink: str) -> None:
    """Write a line; an opening bracket at its start hangs, for half of its square is empty."""
    left = EDGE - size * 0.5 if line[0] in HANGING else EDGE
    pen.text((left, middle), line, font=font(size), fill=ink, anchor="lm")


def _within(text: str, size: int, most: int) -> list[str]:
    """Return the lines of the text, of which there may be so many; what is more is cut."""
    if not most:
        return []
    text = text[: round(most * ROOM / size * 4)]  # more would not fit if it were all of the narrowest letters
    lines, end = even_lines(text, ROOM, partial(_width, size=size)), len(text)
    while len(lines) > most:
        end -= max(1, end // 20)
        lines = even_lines(f"{text[:end].rstrip()}…", ROOM, partial(_width, size=size))
    return [_cut(line, ROOM, size) for line in lines]  # a single word may be wider than the picture


def _draw_seal(pen: ImageDraw.ImageDraw, at: tuple[int, int], side: int, characters: str, ink: str) -> None:
    """Draw a seal as a carver cuts it: down the right column, then down the left; Latin initials side by side."""
    left, top = at
    pen.rounded_rectangle((left, top, left + side, top + side), radius=side * 0.1, fill=ink)
    if not characters:
        return
    count = len(characters)
    if characters.isascii():
        size = round(side * (0.62, 0.46, 0.34, 0.27)[count - 1])
        middle = (left + side / 2, top + side / 2)
        pen.text(middle, characters, font=font(size), fill=WHITE, anchor="mm")
        return
    rows = (1, 2, 3, 2)[count - 1]
    columns = 2 if count == 4 else 1
    size = round(side * (0.66, 0.42, 0.295, 0.39)[count - 1])
    for number, character in enumerate(characters):
        column, row = divmod(number, rows)
        across = (columns - 1) / 2 - column
        down = row - (rows - 1) / 2
        middle = (left + side / 2 + across * size * 1.04, top + side / 2 + down * size * 1.04)
        pen.text(middle, character, font=font(size), fill=WHITE, anchor="mm")
