"""Every text can be read: the colours of tokens.css keep their contrast on every ground, in every theme."""

import math
import re

import pytest

from tests.house.files import ROOT

TOKENS = (ROOT / "static/css/tokens.css").read_text()
COLOUR = r"oklch\((?P<{0}l>[\d.]+)% (?P<{0}c>[\d.]+) (?P<{0}h>[\d.]+)\)"
PAIR = re.compile(
    r"--(?P<name>[\w-]+): (?:light-dark\("
    + COLOUR.format("l")
    + ", "
    + COLOUR.format("d")
    + r"\)|"
    + COLOUR.format("b")
    + ");"
)
GROUNDS = ("paper", "sheet", "tint")
# Light, dark, and high contrast as light and as dark.
THEMES = ("l", "d", "cl", "cd")
CHOSEN = ':root[data-theme="contrast"] {'
ASKED_FOR = ':root[data-theme="auto"] {'


def block(opening: str) -> str:
    """Return what stands in the block of tokens.css that begins so."""
    return TOKENS.partition(opening)[2].partition("}")[0]


def light(lightness: float, chroma: float, hue: float) -> list[float]:
    """Return the linear red, green and blue of an oklch colour."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    l_ = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m_ = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s_ = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * l_ - 3.3077115913 * m_ + 0.2309699292 * s_
    green = -1.2684380046 * l_ + 2.6097574011 * m_ - 0.3413193965 * s_
    blue = -0.0041960863 * l_ - 0.7034186147 * m_ + 1.7076147010 * s_
    return [min(1.0, max(0.0, part)) for part in (red, green, blue)]


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Return the relative luminance of an oklch colour."""
    red, green, blue = light(lightness, chroma, hue)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def colours(theme: str) -> dict[str, float]:
    """Return the luminance of each token in one of THEMES."""
    found: dict[str, float] = {}
    for match in PAIR.finditer(block(":root {") + (block(CHOSEN) if theme.startswith("c") else "")):
        part = theme[-1] if match[f"{theme[-1]}l"] else "b"
        found[match["name"]] = luminance(*_parts(match, part))
    return found


def _parts(match: re.Match[str], part: str) -> tuple[float, float, float]:
    return float(match[f"{part}l"]) / 100, float(match[f"{part}c"]), float(match[f"{part}h"])


def hexadecimal(lightness: float, chroma: float, hue: float) -> str:
    """Return an oklch colour as browsers' bars want it."""
    curved = (12.92 * x if x <= 0.0031308 else 1.055 * x ** (1 / 2.4) - 0.055 for x in light(lightness, chroma, hue))
    return "#" + "".join(f"{round(255 * part):02x}" for part in curved)


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("text", ["ink", "ink-second", "link", "vermilion-text"])
def test_text_reaches_seven_to_one_on_every_ground(theme: str, text: str) -> None:
    seen = colours(theme)
    for ground in GROUNDS:
        assert contrast(seen[text], seen[ground]) >= 7, ground


@pytest.mark.parametrize("theme", THEMES)
def test_the_first_button_and_changed_words_reach_seven_to_one(theme: str) -> None:
    seen = colours(theme)
    assert contrast(seen["on-vermilion"], seen["vermilion-button"]) >= 7
    assert contrast(seen["on-change"], seen["added"]) >= 7
    assert contrast(seen["on-change"], seen["removed"]) >= 7


@pytest.mark.parametrize("theme", THEMES)
def test_every_seal_ink_carries_its_characters(theme: str) -> None:
    seen = colours(theme)
    inks = [name for name in seen if name.startswith("seal-")]
    assert len(inks) == 5
    for ink in inks:
        assert contrast(seen["on-vermilion"], seen[ink]) >= 4.5, ink


@pytest.mark.parametrize("theme", THEMES)
def test_marks_and_edges_of_fields_can_be_seen(theme: str) -> None:
    seen = colours(theme)
    for mark in ("vermilion", "hairline-strong", "focus"):
        for ground in GROUNDS:
            assert contrast(seen[mark], seen[ground]) >= 3, (mark, ground)


@pytest.mark.parametrize("theme", ["cl", "cd"])
def test_high_contrast_has_no_line_below_four_and_a_half_to_one(theme: str) -> None:
    seen = colours(theme)
    for line in ("hairline", "hairline-second", "hairline-strong", "vermilion", "focus", "ink-read"):
        for ground in GROUNDS:
            assert contrast(seen[line], seen[ground]) >= 4.5, (line, ground)
    assert contrast(seen["ink"], seen["paper"]) == pytest.approx(21, abs=0.01)


def test_high_contrast_is_the_same_by_choice_and_by_the_device() -> None:
    chosen, asked_for = (" ".join(block(opening).split()) for opening in (CHOSEN, ASKED_FOR))
    assert chosen
    assert chosen == asked_for
    assert TOKENS.index("@media (prefers-contrast: more)") < TOKENS.index(ASKED_FOR)


def test_browsers_paint_around_the_page_what_the_sheet_is() -> None:
    meta = (ROOT / "templates/layout/_colours.html").read_text()
    for opening in (":root {", CHOSEN):
        sheet = next(match for match in PAIR.finditer(block(opening)) if match["name"] == "sheet")
        for part in ("l", "d"):
            assert hexadecimal(*_parts(sheet, part)) in meta


def test_colours_are_written_in_tokens_only() -> None:
    literal = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)\(")
    # An avatar only adds its hue; paper has no theme.
    allowed = {"tokens.css", "print.css", "avatar.css"}
    strays = [
        path.name
        for path in (ROOT / "static/css").rglob("*.css")
        if path.name not in allowed and literal.search(re.sub(r"light-dark\(#000, #fff\)", "", path.read_text()))
    ]
    assert strays == []
