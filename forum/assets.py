"""Static files of a production site: hashed names, compressed ahead of time, the styles as one file."""

import re
from collections.abc import Iterator
from typing import Any, Final

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLES: Final = "css/app.css"

_IMPORT = re.compile(r'@import\s+url\("(?P<path>[^"]+)"\)\s+layer\((?P<layer>[\w-]+)\);')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")

type Paths = dict[str, tuple[Storage, str]]


def bundle(name: str, paths: Paths) -> str:
    """Return the stylesheet `name` with each `@import url("x") layer(y);` replaced by the sheet, in its layer.

    Comments and line breaks go. Raises ValueError for an import of another shape, or of a sheet that is not there.
    """
    folder = name.rpartition("/")[0]

    def inlined(match: re.Match[str]) -> str:
        sheet = f"{folder}/{match['path']}"
        if sheet not in paths:
            raise ValueError(f"{name} imports {sheet}, which does not exist.")
        content = _read(sheet, paths)
        if "@import" in content or "url(" in content:
            raise ValueError(f"{sheet}: imports and addresses belong into {name}.")
        return f"@layer {match['layer']} {{{content}}}"

    whole = _IMPORT.sub(inlined, _read(name, paths))
    if "@import" in whole:
        raise ValueError(f'{name}: imports are written as @import url("x") layer(y);')
    return whole


def _read(name: str, paths: Paths) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return _SPACE.sub(" ", _COMMENT.sub("", file.read().decode())).strip()


class _Text(Storage):
    """A storage that holds one text, for the collector to read in place of a file."""

    def __init__(self, text: str) -> None:
        self._text = text

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        return ContentFile(self._text.encode(), name=name)


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files; css/app.css carries everything it imports; modules import by hashed name."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Put the bundled stylesheet in the place of the one with imports, then go on as usual."""
        if STYLES in paths and not dry_run:
            paths = {**paths, STYLES: (_Text(bundle(STYLES, paths)), STYLES)}
        yield from super().post_process(paths, dry_run=dry_run, **options)
