"""`manage.py read_bounces`: read the mail that came back, from a Maildir, an mbox file or standard input."""

import email
import mailbox
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.mailing.returning import Read, take_back

LARGEST = 10_000_000  # bytes of a message that are read


class Command(BaseCommand):
    """Reads what came back."""

    help = "Stops mail to addresses from which it came back, or from which it was reported as unwanted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the box, and whether to empty it."""
        parser.add_argument(
            "box", nargs="?", default="-", help="A Maildir, an mbox file, or - for one message (stdin)."
        )
        parser.add_argument("--delete", action="store_true", help="Delete from the box what has been read.")

    def handle(self, *, box: str, delete: bool, **options: Any) -> None:
        """Read the box, and say what was in it. Exit code 1 when there is no such box."""
        if box == "-":
            read = take_back([_parsed(sys.stdin.buffer.read(LARGEST))])
        else:
            read = self.read_box(Path(box), delete=delete)
        if options["verbosity"]:
            told = f"Failures: {read.failures}; complaints: {read.complaints}; other mail: {read.others}"
            self.stdout.write(self.style.SUCCESS(told))

    def read_box(self, path: Path, *, delete: bool) -> Read:
        """Read every message of a box; delete only what has been read."""
        if not path.exists():
            raise CommandError(f"There is no box at {path}.")
        box: mailbox.Mailbox[Any] = (
            mailbox.Maildir(path, create=False) if path.is_dir() else mailbox.mbox(path, create=False)
        )
        box.lock()
        try:
            keys = list(box.keys())
            read = take_back(_messages(box, keys))
            for key in keys if delete else ():
                box.discard(key)
        finally:
            box.close()  # writes what changed, and opens the lock
        return read


def _messages(box: "mailbox.Mailbox[Any]", keys: list[str]) -> Iterator[Message]:
    for key in keys:
        yield _parsed(box.get_bytes(key)[:LARGEST])


def _parsed(source: bytes) -> Message:
    try:
        # The old policy, which leaves headers as they are: it stumbles over nothing that somebody sends …
        return email.message_from_bytes(source)
    except RecursionError:  # … but over parts within parts, thousands deep, which nobody but a prankster sends
        return Message()
