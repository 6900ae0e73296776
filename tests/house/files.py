"""Finds and reads the files that the rules of the house are about."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def tracked_files() -> list[Path]:
    """Return every file that git would keep: committed, or new and not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return sorted(path for name in names if name and (path := ROOT / name).is_file())


def files(*patterns: str) -> list[Path]:
    """Return the files that match, for example `files("forum/**/*.py")`; migrations are Django's own text."""
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    return sorted(path for path in found if path.is_file() and "migrations" not in path.parts)


def modules() -> list[Path]:
    """Return the Python modules of the product."""
    return files("forum/**/*.py", "accounts/**/*.py")


def templates() -> list[Path]:
    """Return all templates."""
    return files("templates/**/*.html", "forum/**/templates/**/*.html")


def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text(), str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return the functions and methods of a module, at whatever depth."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lines(path: Path) -> int:
    """Return how many lines a file has."""
    return len(path.read_text().splitlines())


def name(path: Path) -> str:
    """Return the path as people write it."""
    return path.relative_to(ROOT).as_posix()
