"""The files of an archive, one after the other: from a folder, a tar of any packing, or a zip."""

import os
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

import zstandard

MAX_FILE = 64_000_000  # bytes; a topic of ten thousand long posts is smaller
_ZSTANDARD = b"\x28\xb5\x2f\xfd"

Say = Callable[[str, str], None]


class Source:
    """JSON files somewhere. `done` says how much of it has been read, from 0 to 1."""

    def __init__(self, path: Path, problem: Say) -> None:
        """Take the folder or archive at `path`; `problem(file, why)` hears of what cannot be read."""
        self.path = path
        self.problem = problem
        self.done = 0.0

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Return name and content of each JSON file. What cannot be read is a problem said, never an exception."""
        self.done = 0.0
        read = self._folder if self.path.is_dir() else self._zip if zipfile.is_zipfile(self.path) else self._tar
        try:
            yield from read()
        except (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile, zstandard.ZstdError) as error:
            self.problem(str(self.path), f"cannot be read on from here: {error}")
        self.done = 1.0

    def _folder(self) -> Iterator[tuple[str, bytes]]:
        paths = sorted(Path(folder) / name for folder, _, names in os.walk(self.path) for name in names)
        paths = [path for path in paths if _is_wanted(path.name)]
        for index, path in enumerate(paths):
            self.done = index / len(paths)
            name = str(path.relative_to(self.path))
            try:
                if self._fits(name, path.stat().st_size):
                    yield _printable(name), path.read_bytes()
            except OSError as error:
                self.problem(_printable(name), f"cannot be read: {error.strerror}")

    def _zip(self) -> Iterator[tuple[str, bytes]]:
        with zipfile.ZipFile(self.path) as archive:
            members = [member for member in archive.infolist() if _is_wanted(member.filename)]
            for index, member in enumerate(members):
                self.done = index / len(members)
                if not self._fits(member.filename, member.file_size):
                    continue
                try:
                    content = archive.read(member)
                except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
                    self.problem(_printable(member.filename), f"cannot be unpacked: {error}")
                else:
                    yield _printable(member.filename), content

    def _tar(self) -> Iterator[tuple[str, bytes]]:
        size = self.path.stat().st_size or 1
        with self.path.open("rb") as packed:
            stream: IO[bytes] = packed
            if packed.read(4) == _ZSTANDARD:
                stream = cast("IO[bytes]", zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True))
            packed.seek(0)
            with tarfile.open(fileobj=stream, mode="r|*" if stream is packed else "r|") as archive:
                for member in archive:
                    archive.members = []  # type: ignore[attr-defined]  # else it remembers every file it has passed
                    self.done = packed.tell() / size
                    if not member.isfile() or not _is_wanted(member.name) or not self._fits(member.name, member.size):
                        continue
                    if content := archive.extractfile(member):
                        yield _printable(member.name), content.read()

    def _fits(self, name: str, size: int) -> bool:
        if size > MAX_FILE:
            self.problem(_printable(name), f"is larger than {MAX_FILE // 1_000_000} MB")
        return size <= MAX_FILE


def _is_wanted(name: str) -> bool:
    # Macintosh archives hold a "._" companion of each file.
    base = name.rpartition("/")[2]
    return base.lower().endswith(".json") and not base.startswith("._")


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode()
