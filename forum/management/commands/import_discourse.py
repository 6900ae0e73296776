"""`manage.py import_discourse`: bring the archive of a Discourse forum into a city."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from forum.transfer.claiming import NoList, note_addresses, read_addresses
from forum.transfer.moving_in import MovingIn
from forum.transfer.places import NoPlace, Place, find_or_found_city
from forum.transfer.report import Bar
from forum.transfer.sources import Source

INCOMPLETE, INTERRUPTED = 3, 130


def board_name(text: str) -> tuple[int, str]:
    """Return category and name of `ID=NAME`. Raises ArgumentTypeError."""
    number, _, name = text.partition("=")
    if not number.strip().isdigit() or not name.strip():
        raise ArgumentTypeError(f"{text!r} is not of the form ID=NAME")
    return int(number), name.strip()


def _spare_memory() -> None:
    """Keep the SQLite file out of this process's memory, which then stays the same however much comes in."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size=0")


class Command(BaseCommand):
    """Bring an archive in."""

    help = (
        "Bring the archive of a Discourse forum into a city: a folder, tar (also .zst, .gz, .xz, .bz2) or zip of its "
        "JSON. Run again, it adds only what is missing. Exit code 3: something could not come in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the archive and where it goes."""
        parser.add_argument("archive", type=Path, help="folder or archive with the JSON files")
        parser.add_argument("--city", required=True, metavar="SLUG", help="address of the city; founded when missing")
        parser.add_argument("--name", default="", help="name of the city, when it has to be founded")
        parser.add_argument("--mayor", default="", metavar="USER", help="who founds it: the sign-in name of a person")
        parser.add_argument("--category", default="", metavar="SLUG", help="its place in the directory of cities")
        parser.add_argument(
            "--board", action="append", default=[], type=board_name, metavar="ID=NAME", help="board name of a category"
        )
        parser.add_argument(
            "--addresses", type=Path, metavar="FILE", help="CSV (username, email) by which authors claim their accounts"
        )
        parser.add_argument("--host", default="", help="host of the old forum, when the archive does not say it")

    def handle(self, *, archive: Path, city: str, board: list[tuple[int, str]], host: str, **options: Any) -> None:
        """Bring the archive in and say what came. Exit codes: 1 no such place, 3 incomplete, 130 interrupted."""
        if not archive.exists():
            raise CommandError(f"There is nothing at {archive}.")
        try:
            addresses = read_addresses(options["addresses"]) if options["addresses"] else {}
            home = find_or_found_city(city, **{key: options[key] for key in ("name", "mayor", "category")})
        except (NoPlace, NoList) as problem:
            raise CommandError(str(problem)) from problem
        _spare_memory()
        bar = Bar()
        run = MovingIn(Source(archive, lambda file, why: None), Place(home, "discourse", dict(board)), host=host)
        try:
            run.run(bar.show)
        except KeyboardInterrupt as stop:
            raise CommandError("Stopped. Run the same again to go on.", returncode=INTERRUPTED) from stop
        finally:
            bar.close()
            self.stdout.write("\n".join(run.report.lines()))
        if noted := note_addresses(run.place.archive, addresses):
            self.stdout.write(f"Addresses noted, by which authors can claim their accounts: {noted:,}")
        if count := len(run.report.problems):
            things = "1 thing" if count == 1 else f"{count:,} things"
            raise CommandError(f"{things} could not come in.", returncode=INCOMPLETE)
