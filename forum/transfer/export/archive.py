"""The archive of one person: its files, written one after the other, so that it may be as large as it likes."""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.storage import default_storage
from django.template.loader import render_to_string

from accounts.models import User
from forum.queries.attachments import own_attachments
from forum.queries.exports import own_posts
from forum.transfer.export import digests, index, messages, posts, records, rest


def export_of(person: User, *, address: Callable[[str], str]) -> IO[bytes]:
    """Return an open temporary file with the archive of all that belongs to the person, at its beginning.

    `address` makes a whole address of a path of this site. A fixed number of queries, however much there is.
    """
    file = TemporaryFile(prefix="cityboards-export-")  # noqa: SIM115 - whoever sends it closes it
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        _text(archive, "index.html", index.page(person))
        archive.writestr("style.css", render_to_string("export/style.css"))
        for name, text in posts.files(own_posts(person), address):
            archive.writestr(name, text)
        for name, text in digests.files(person, address):
            archive.writestr(name, text)
        for name, pieces in messages.files(person):
            _text(archive, name, pieces)
        for name, rows in (*records.files(person, address), *rest.files(person, address)):
            _text(archive, name, _json(rows))
        _pictures(archive, person)
    file.seek(0)
    return file


def _pictures(archive: ZipFile, person: User) -> None:
    """Copy the person's pictures, piece by piece; and their own picture beside their name."""
    files = [(f"images/{picture.name}", picture.path) for picture in own_attachments(person)]
    if person.avatar:
        files.append(("images/avatar.png", f"avatars/{person.avatar}.png"))
    for name, path in files:
        if default_storage.exists(path):
            with default_storage.open(path) as source, archive.open(name, "w") as target:
                shutil.copyfileobj(source, target)


def _text(archive: ZipFile, name: str, pieces: Iterable[str]) -> None:
    with archive.open(name, "w", force_zip64=True) as raw, TextIOWrapper(raw, "utf-8", newline="") as out:
        out.writelines(pieces)


def _json(rows: dict[str, Any] | Iterator[dict[str, Any]]) -> Iterator[str]:
    """Yield the JSON of an object, or of a list that is never held whole."""
    if isinstance(rows, dict):
        yield json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
        return
    before = "[\n"
    for row in rows:
        yield before + json.dumps(row, ensure_ascii=False, indent=2)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
