"""The folders that presses work in: how they are named, and throwing away what killed ones left."""

import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

FOLDER: Final = "cityboards-book-"  # how their names begin
LONG_AGO: Final = 3600.0  # seconds, after which no press is at work in its folder


def sweep_folders() -> None:
    """Delete the folders of presses that were killed: texts lie in them that may be erased by now."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        with suppress(FileNotFoundError):
            if folder.lstat().st_mtime < time.time() - LONG_AGO:
                shutil.rmtree(folder, ignore_errors=True)
