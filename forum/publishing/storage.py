"""The files of books: in a folder of their own that no address leads into."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import IO, Any, cast
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils import timezone

UNFINISHED = timedelta(hours=1)  # for how long a file without its row may be one that is just being kept


def shelf() -> Storage:
    """Return the storage of books."""
    return storages["books"]


def keep(data: bytes, ending: str) -> str:
    """Keep a file under a new name, and return the name."""
    return str(shelf().save(f"{uuid4().hex}.{ending}", ContentFile(data)))


def opened(name: str) -> IO[Any]:
    """Return the file, opened. Raises FileNotFoundError when it is gone."""
    return cast("IO[Any]", shelf().open(name))


def drop(name: str) -> None:
    """Delete the file; one that is gone already is no fault."""
    if name:
        shelf().delete(name)


def names(at: datetime) -> Iterator[str]:
    """Yield the names of all files that have been there for long enough to have a row."""
    try:
        _folders, files = shelf().listdir("")
    except FileNotFoundError:
        return
    for name in files:
        try:
            if shelf().get_modified_time(name) < (at or timezone.now()) - UNFINISHED:
                yield name
        except FileNotFoundError:
            continue
