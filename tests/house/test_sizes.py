"""Nothing grows larger than one can hold in mind."""

from pathlib import Path

import pytest

from tests.house.files import files, functions, lines, modules, name, templates

BUDGETS = [
    ("modules", modules(), 300),
    ("tests", files("tests/**/*.py"), 400),
    ("templates", templates(), 80),
    ("components", files("static/css/**/*.css"), 250),
    ("behaviours", files("static/js/**/*.js"), 80),
]
# Modules over this many lines are on the way to becoming a package; a few may be on that way at a time.
COMFORTABLE, FEW = 200, 5


@pytest.mark.parametrize(("paths", "budget"), [budget[1:] for budget in BUDGETS], ids=[row[0] for row in BUDGETS])
def test_files_keep_to_their_budget(paths: list[Path], budget: int) -> None:
    assert {name(path): lines(path) for path in paths if lines(path) > budget} == {}


def test_most_modules_are_comfortable() -> None:
    large = [name(path) for path in modules() if lines(path) > COMFORTABLE]
    assert len(large) <= FEW, large


def test_view_functions_fit_in_25_lines() -> None:
    long = {
        f"{name(path)}:{function.name}": length
        for path in files("forum/views/**/*.py", "forum/feeds/**/*.py")
        for function in functions(path)
        if function.end_lineno and (length := function.end_lineno - function.lineno + 1) > 25
    }
    assert long == {}
