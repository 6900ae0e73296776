"""Modules say what is in them, and keep to their floor."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.files import ROOT, files, functions, modules, name, tree

DOOR_PLATE = re.compile(r"^\S.{8,110}[.!?:;`]$")


def imported(path: Path) -> Iterator[str]:
    """Return the names that a module imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """Return the names of the methods that a module calls, with their lines."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node.lineno


def test_each_module_has_a_door_plate() -> None:
    # An empty package of tests says nothing and holds nothing.
    rooms = [*modules(), *(path for path in files("tests/**/*.py") if path.stat().st_size)]
    plates = {name(path): ast.get_docstring(tree(path)) or "" for path in rooms}
    assert {path: plate for path, plate in plates.items() if not DOOR_PLATE.match(plate.partition("\n")[0])} == {}


def test_views_and_feeds_never_import_models() -> None:
    seen = files("forum/views/**/*.py", "forum/feeds/**/*.py", "forum/api/**/*.py")
    assert [name(path) for path in seen for what in imported(path) if what.startswith("forum.models")] == []


def test_views_never_touch_the_database() -> None:
    writes = {"save", "create", "bulk_create", "delete", "get_or_create", "update_or_create", "bulk_update"}
    found = [
        f"{name(path)}:{line} .{method}()"
        for path in files("forum/views/**/*.py", "forum/templatetags/*.py")
        for method, line in calls(path)
        if method in writes
    ]
    assert found == []


def test_nothing_is_imported_inside_a_function() -> None:
    inside = [
        f"{name(path)}:{node.lineno}"
        for path in [*modules(), *files("tests/**/*.py")]
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_there_are_no_signals_of_our_own() -> None:
    listening = [name(path) for path in modules() for what in imported(path) if what.startswith("django.dispatch")]
    assert listening == []


def test_saving_a_model_does_nothing_else() -> None:
    models = files("forum/models/*.py", "accounts/models.py")
    assert [name(path) for path in models for function in functions(path) if function.name in {"save", "delete"}] == []


def test_public_functions_say_what_goes_in_and_out() -> None:
    silent = [
        f"{name(path)}:{function.name}"
        for path in [path for path in modules() if path.parent != ROOT / "forum" / "management" / "commands"]
        for function in tree(path).body
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_")
        if function.returns is None or ast.get_docstring(function) is None
    ]
    assert silent == []
