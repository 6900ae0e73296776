"""`manage.py make_books`: make the books that wait, and let go of old ones; a served site does it by itself."""

import os
from argparse import ArgumentParser
from threading import Event, Thread
from typing import Any

from django.core.management.base import BaseCommand

from forum.publishing.making import make_waiting_books
from forum.publishing.sweeping import sweep_books

NICENESS = 10  # whoever waits for a page comes first
LOOK = 2.0  # seconds between two looks at whether the site is still there


class Command(BaseCommand):
    """Makes what waits."""

    help = "Makes PDF and EPUB files that people asked for, and deletes old ones. Safe at any time, several at once."
    requires_system_checks: list[str] = []  # they would only slow the start

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how it is started."""
        parser.add_argument("--leash", action="store_true", help="end when the process that started this has ended")
        parser.add_argument("--sweep", action="store_true", help="only delete what is old")

    def handle(self, *, leash: bool, sweep: bool, **options: Any) -> None:
        """Make the books, and sweep."""
        if leash:
            os.nice(NICENESS)
            Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
        made = 0 if sweep else make_waiting_books()
        gone = sweep_books() if sweep or not leash else 0
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS(f"Made: {made}, deleted: {gone}"))


def _end_with(parent: int) -> None:
    """End this process when the one that started it is gone: the next site takes its books up."""
    never = Event()
    while os.getppid() == parent:
        never.wait(LOOK)
    os._exit(1)
