"""Compiles the translation catalogues, so that no machine needs gettext to run a site."""

import os
from collections.abc import Iterable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogues(folders: Iterable[Path]) -> list[Path]:
    """Compile each catalogue under the locale folders that is newer than what was compiled of it.

    Returns the files written; raises OSError where a folder cannot be written to.
    """
    sources = [source for folder in folders for source in sorted(folder.glob("*/LC_MESSAGES/*.po"))]
    return [_compile(source) for source in sources if _is_stale(source)]


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    locale = source.parent.parent.name
    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=locale)
    target = source.with_suffix(".mo")
    # Written aside and moved, because several processes may start at the same moment.
    aside = target.with_suffix(f".{os.getpid()}.tmp")
    with aside.open("wb") as stream:
        write_mo(stream, catalogue)
    aside.replace(target)
    return target
