"""Where the files that are put together come from, and texts that take their place."""

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

type Paths = dict[str, tuple[Storage, str]]


def read(name: str, paths: Paths) -> str:
    """Return the text of the file `name`. Raises KeyError where there is none."""
    storage, path = paths[name]
    with storage.open(path) as file:
        content: bytes = file.read()
    return content.decode()


class Text(Storage):
    """A storage that holds one text, for the collector to read in place of a file."""

    def __init__(self, text: str) -> None:
        """Hold `text`."""
        self._text = text

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        return ContentFile(self._text.encode(), name=name)
