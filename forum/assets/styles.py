"""Style sheets as few files: each sheet that imports others carries them."""

import re
from typing import Final

from forum.assets.files import Paths, read

_IMPORT: Final = re.compile(r'@import\s+url\("(?P<path>[^"]+)"\)\s+layer\((?P<layer>[\w-]+)\);')
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE: Final = re.compile(r"\s+")


def bundles(paths: Paths) -> dict[str, str]:
    """Return by name the text of each sheet in css/ that imports others. Raises ValueError like `bundle`."""
    names = [name for name in paths if re.fullmatch(r"css/[^/]+\.css", name) and "@import" in read(name, paths)]
    return {name: bundle(name, paths) for name in names}


def bundle(name: str, paths: Paths) -> str:
    """Return the stylesheet `name` with each `@import url("x") layer(y);` replaced by the sheet, in its layer.

    Comments and line breaks go. Raises ValueError for an import of another shape, or of a sheet that is not there.
    """
    folder = name.rpartition("/")[0]

    def inlined(match: re.Match[str]) -> str:
        sheet = f"{folder}/{match['path']}"
        if sheet not in paths:
            raise ValueError(f"{name} imports {sheet}, which does not exist.")
        content = _bare(sheet, paths)
        if "@import" in content or "url(" in content:
            raise ValueError(f"{sheet}: imports and addresses belong into {name}.")
        return f"@layer {match['layer']} {{{content}}}"

    whole = _IMPORT.sub(inlined, _bare(name, paths))
    if "@import" in whole:
        raise ValueError(f'{name}: imports are written as @import url("x") layer(y);')
    return whole


def _bare(name: str, paths: Paths) -> str:
    return _SPACE.sub(" ", _COMMENT.sub("", read(name, paths))).strip()
