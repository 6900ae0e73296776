"""Style sheets keep to the house: logical directions, quick motion, and names that one finds."""

import re
from collections.abc import Iterator

import pytest

from tests.house.files import ROOT, files, name

SHEETS = files("static/css/**/*.css")
# What says left and top would be wrong in vertical lines and in scripts that run the other way.
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)(?:-\w+)?"
    r"|left|right|top|bottom|(?:min-|max-)?(?:width|height)|overflow-[xy])\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
CONDITIONS = re.compile(r"@(?:media|container|supports|page)[^{]*")
COMMENTS = re.compile(r"/\*.*?\*/", re.S)
DURATION = re.compile(r"(?:transition|animation)[\w-]*\s*:[^;}]*")
LONGEST = 150  # milliseconds
# No browser knows these by their logical names yet.
NOT_YET = ("overflow-x", "overflow-y")


def rules_of(text: str) -> str:
    """Return what a sheet sets, without its comments and without the widths it asks for."""
    return CONDITIONS.sub("", COMMENTS.sub("", text))


def physical(text: str) -> list[str]:
    """Return the places where a sheet names a side of the screen."""
    return [found for found in PHYSICAL.findall(rules_of(text)) if not found.startswith(NOT_YET)]


def milliseconds(text: str) -> Iterator[float]:
    """Return how long the movements of a sheet take."""
    for movement in DURATION.findall(text):
        for number, unit in re.findall(r"(?<![\w.])([\d.]+)(ms|s)\b", movement):
            yield float(number) * (1 if unit == "ms" else 1000)


def test_directions_are_logical() -> None:
    assert {name(path): found for path in SHEETS if (found := physical(path.read_text()))} == {}


@pytest.mark.parametrize(
    ("rule", "is_refused"),
    [
        ("a { margin-left: 1px }", True),
        ("a { text-align: right }", True),
        ("a { top: 0 }", True),
        ("a { max-width: 3em }", True),
        ("@media (max-width: 3em) { a { inline-size: 3em } }", False),
        ("a { border-block-end-color: red; overflow-x: auto }", False),
    ],
)
def test_the_reader_of_sheets_knows_a_side_of_the_screen(rule: str, is_refused: bool) -> None:
    assert bool(physical(rule)) == is_refused


def test_nothing_moves_for_longer_than_one_notices() -> None:
    assert [name(path) for path in SHEETS if max(milliseconds(path.read_text()), default=0) > LONGEST] == []
    quick = re.search(r"--quick: (\d+)ms", (ROOT / "static/css/tokens.css").read_text())
    assert quick
    assert int(quick[1]) <= LONGEST


def test_a_sheet_is_named_after_what_it_dresses() -> None:
    templates = {path.stem.lstrip("_").replace("_", "-") for path in files("templates/**/*.html")}
    folders = {path.name for path in (ROOT / "templates").iterdir() if path.is_dir()}
    strays = [
        name(path)
        for path in files("static/css/components/*.css")
        if not re.search(rf"\.{path.stem}(?![a-z-])", path.read_text())
        and not {path.stem, f"{path.stem}s"} & (templates | folders)
    ]
    assert strays == []
