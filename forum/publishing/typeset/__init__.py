"""A book as PDF, set by Typst: pure, without database or network; only typefaces and the pictures it is given."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from forum.publishing.book import Book, Cancelled, CannotBeMade
from forum.publishing.folders import FOLDER
from forum.publishing.typeset.binding import stand_up
from forum.publishing.typeset.fonts import Faces, NoTypefaceError, chinese, faces_for
from forum.publishing.typeset.leaves import as_json, characters_of, facts_of, leaves
from forum.publishing.typeset.words import Words, named, seen

__all__ = ("Pdf", "make_pdf")

PATIENCE: Final = 300.0  # seconds that the press may take
LARGEST: Final = 60_000_000  # characters of code; 500 long posts are two million
_HERE: Final = Path(__file__).parent
_PROJECT: Final = _HERE.parents[2]
_LOOK_UP: Final = 0.1


@dataclass(frozen=True, slots=True)
class Pdf:
    """A book as a file; `missing` tells, in words, each character that no typeface here has, and where it stands."""

    data: bytes
    missing: tuple[str, ...] = ()


def _nothing(done: int, of: int) -> None:
    """Tell nobody."""


def _never() -> bool:
    return False


def make_pdf(
    book: Book,
    *,
    vertical: bool = False,
    progress: Callable[[int, int], None] = _nothing,
    cancelled: Callable[[], bool] = _never,
) -> Pdf:
    """Set the book; `vertical` from top to bottom and from right to left.

    `progress` hears how much is done, and of how much; `cancelled` is asked several times a second. Characters without
    a shape stand as a frame with their code and are told in the result. Raises Cancelled; CannotBeMade where there is
    no typeface for Chinese, or the book is more than the press can take.
    """
    try:
        faces = faces_for(characters_of(book))
    except NoTypefaceError as problem:
        raise CannotBeMade(
            _("This site has no typeface for Chinese books. Whoever runs it can install the package %(package)s.")
            % {"package": problem}
        ) from problem
    words = Words(vertical, faces.absent)
    code = "".join(leaves(book, words, progress, cancelled))
    if len(code) > LARGEST:
        raise CannotBeMade(_("This is too much for one book."))
    with tempfile.TemporaryDirectory(prefix=FOLDER) as name:
        folder = Path(name)
        _lay_out(folder, book, words, faces, code)
        _press(folder, cancelled)
        data = (folder / "book.pdf").read_bytes()
    return Pdf(stand_up(data) if vertical else data, tuple(_missing(book, faces)))


def _lay_out(folder: Path, book: Book, words: Words, faces: Faces, code: str) -> None:
    """Write what the press needs into `folder`; it sees no other file."""
    (folder / "fonts").mkdir()
    (folder / "pictures").mkdir()
    for path in faces.files:
        (folder / "fonts" / path.name).symlink_to(path)
    for picture in book.pictures.values():
        (folder / "pictures" / Path(picture.name).name).write_bytes(picture.data)
    (folder / "book.typ").write_text((_HERE / "book.typ").read_text())
    (folder / "main.typ").write_text(code)
    (folder / "book.json").write_text(as_json(facts_of(book, words, faces)))
    lying = []
    if words.vertical:
        for style, characters in (("Regular", characters_of(book)), ("Bold", words.bold)):
            face = chinese(style)
            lying.append(
                {
                    "path": str(face.path), "index": face.index, "style": style,
                    "characters": "".join(sorted(characters | set("0123456789"))),
                }
            )  # fmt: skip
    (folder / "job.json").write_text(as_json({"made_at": book.made_at.timestamp(), "upright": lying}))


def _press(folder: Path, cancelled: Callable[[], bool]) -> None:
    """Have the press set the book, and stop it when nobody wants it any more, or when it takes too long."""
    end = time.monotonic() + PATIENCE
    command = [sys.executable, "-X", "utf8", "-m", "forum.publishing.typeset.press", str(folder)]
    # An environment of nothing: what sets strangers' texts has no business with the secrets of the site.
    with subprocess.Popen(command, cwd=_PROJECT, env={}, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as press:
        try:
            while press.poll() is None:
                if cancelled():
                    raise Cancelled
                if time.monotonic() > end:
                    raise CannotBeMade(_("This is too much for one book."))
                time.sleep(_LOOK_UP)
        finally:
            if press.poll() is None:
                press.kill()
        said = press.stderr.read().decode(errors="replace") if press.stderr else ""
    if press.returncode == 1 and (folder / "problem.txt").exists():
        raise RuntimeError((folder / "problem.txt").read_text()[:4000])
    if press.returncode:
        raise CannotBeMade(_("This is too much for one book.")) from RuntimeError(said[-2000:])


def _missing(book: Book, faces: Faces) -> list[str]:
    """Return, for each character without a shape, its code, itself, and the posts that have it."""
    told = []
    for character in sorted(faces.absent):
        places = [post.label for post in book.posts if character in seen(post.html + post.title + post.author)]
        where = ", ".join(places[:5]) + (" …" if len(places) > 5 else "")
        told.append(f"{named(character)} ({character})" + (f": {where}" if where else ""))
    return told
