"""Where posts of post files wait, on disk, until all posts of their topic have been read."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class Spool:
    """Posts by topic, in a temporary file that is gone afterwards. `done` says how much was taken out, from 0 to 1."""

    def __enter__(self) -> Self:
        """Make the file."""
        self._folder = tempfile.TemporaryDirectory(prefix="moving-in-")
        self._rows = sqlite3.connect(Path(self._folder.name) / "posts.sqlite3", isolation_level=None)
        # Lost power loses nothing: everything here is still in the archive.
        self._rows.execute("PRAGMA synchronous=OFF")
        self._rows.execute("PRAGMA journal_mode=OFF")
        self._rows.execute("CREATE TABLE posts (topic INTEGER, number INTEGER, file TEXT, content TEXT)")
        self._count = 0
        self.done = 0.0
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Throw the file away."""
        self._rows.close()
        self._folder.cleanup()

    def add(self, topic: int, number: int, file: str, post: dict[str, Any]) -> None:
        """Keep one post of a topic."""
        self._count += 1
        self._rows.execute("INSERT INTO posts VALUES (?, ?, ?, ?)", (topic, number, file, json.dumps(post)))

    def topics(self) -> Iterator[tuple[int, list[tuple[str, dict[str, Any]]]]]:
        """Return each topic with its posts in order, and the file of each."""
        self._rows.execute("CREATE INDEX by_topic ON posts (topic, number)")
        rows = self._rows.execute("SELECT topic, file, content FROM posts ORDER BY topic, number, rowid")
        taken = 0
        for topic, group in groupby(rows, key=lambda row: int(row[0])):
            posts = [(str(file), json.loads(content)) for _, file, content in group]
            taken += len(posts)
            self.done = taken / self._count
            yield topic, posts
