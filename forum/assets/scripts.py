"""JavaScript modules as few files: what one imports goes into it; what it fetches later stays a file of its own.

The modules keep to a few shapes, so that putting them together needs no parser; every other shape is refused.
"""

import posixpath
import re
from typing import Final

from forum.assets.files import Paths, read

ENTRY: Final = "js/app.js"

_IMPORT: Final = re.compile(r'^import \{ (?P<names>[\w, ]+) \} from "(?P<path>\.\.?/[^"]+)";$', re.MULTILINE)
_LATER: Final = re.compile(r'\bimport\("(?P<path>\.\.?/[^"]+)"\)')
_EXPORT: Final = re.compile(
    r"^export (?P<rest>(?:(?:async )?function (?P<function>\w+)|const (?P<constant>\w+) =))", re.MULTILINE
)
_OTHER: Final = re.compile(r"^\s*(?:import|export)\b|\bimport\s*[(.]|^(?:await|for await)\b", re.MULTILINE)
_STATE: Final = re.compile(r"^(?:let|var)\b|^const \w+ = new\b", re.MULTILINE)


def bundles(paths: Paths) -> tuple[dict[str, str], set[str]]:
    """Return by name the text of the module that pages load and of each that is fetched later; and all that is in them.

    Raises ValueError for a shape that cannot be put together, a module that is missing, a circle of imports, and for
    a module with a state of its own that would come twice.
    """
    waiting = [ENTRY] if ENTRY in paths else []
    found: dict[str, str] = {}
    homes: dict[str, str] = {}
    while waiting:
        entry = waiting.pop()
        order = _in_order(entry, paths, ())
        found[entry] = _joined(entry, order, paths)
        for name in order:
            if homes.setdefault(name, entry) != entry and _STATE.search(read(name, paths)):
                raise ValueError(
                    f"{name} is wanted by {homes[name]} and {entry}, and has a state: it would come twice."
                )
        waiting += [name for name in _later(order, paths) if name not in found and name not in waiting]
    return found, set(homes)


def _target(name: str, path: str, paths: Paths) -> str:
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    if target not in paths:
        raise ValueError(f"{name} imports {target}, which does not exist.")
    return target


def _in_order(name: str, paths: Paths, above: tuple[str, ...]) -> list[str]:
    """Return the module and all that it imports, each after what it needs."""
    if name in above:
        raise ValueError(f"Modules import each other in a circle: {' → '.join([*above, name])}.")
    order: dict[str, None] = {}
    for match in _IMPORT.finditer(read(name, paths)):
        order |= dict.fromkeys(_in_order(_target(name, match["path"], paths), paths, (*above, name)))
    return [*order, name]


def _later(order: list[str], paths: Paths) -> list[str]:
    return [_target(name, match["path"], paths) for name in order for match in _LATER.finditer(read(name, paths))]


def _joined(entry: str, order: list[str], paths: Paths) -> str:
    """Return one module: each imported one as a function that gives what it exports, at last the entry itself."""
    numbers = {name: f"$m{number}" for number, name in enumerate(order)}

    def taken(name: str) -> str:
        def as_constant(match: re.Match[str]) -> str:
            wanted = match["names"].strip(", ").replace(" as ", ": ")
            return f"const {{ {wanted} }} = {numbers[_target(name, match['path'], paths)]};"

        def from_here(match: re.Match[str]) -> str:
            path = posixpath.relpath(_target(name, match["path"], paths), posixpath.dirname(entry))
            return f'import("{path if path.startswith(".") else f"./{path}"}")'

        source = read(name, paths)
        rest = _EXPORT.sub("", _LATER.sub("", _IMPORT.sub("", source)))
        if match := _OTHER.search(rest):
            raise ValueError(f"{name}: cannot be put together because of {match[0].strip()!r}; see forum/assets.")
        return _LATER.sub(from_here, _IMPORT.sub(as_constant, source))

    def wrapped(name: str) -> str:
        text = taken(name)
        exported = [match["function"] or match["constant"] for match in _EXPORT.finditer(text)]
        inside = _EXPORT.sub(lambda match: match["rest"], text)
        return f"const {numbers[name]} = (() => {{\n{inside}\nreturn {{ {', '.join(exported)} }};\n}})();\n"

    return "".join(map(wrapped, order[:-1])) + taken(entry)
