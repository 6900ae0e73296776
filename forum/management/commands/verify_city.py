"""`manage.py verify_city`: see whether a city's record is as the program left it."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.events.verifying import Verification, verify_city
from forum.models import City


class Command(BaseCommand):
    """Walks the chains of a city; exit code 1 when a row was altered, removed or added outside the program."""

    help = (
        "Walks the events, versions of posts and ballots of a city and names the first row that was altered, "
        "removed or added outside the program. Exit code 1 when there is one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("slug", help="the city's name in its address")
        parser.add_argument("--noted", default="", metavar="HASH", help="a latest hash that somebody has noted before")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, slug: str, noted: str, **options: Any) -> None:
        """Verify and report. Raises CommandError when there is no such city."""
        city = City.objects.filter(slug=slug).first()
        if city is None:
            raise CommandError(f"There is no city “{slug}”.")
        found = verify_city(city, noted=noted)
        is_good = found.is_whole and (not noted or found.noted_at is not None)
        if options["json"]:
            self.stdout.write(json.dumps({"city": slug, "whole": is_good, **asdict(found)}, ensure_ascii=False))
        else:
            self._report(found, noted)
        if not is_good:
            raise SystemExit(1)

    def _report(self, found: Verification, noted: str) -> None:
        for fault in found.faults:
            self.stderr.write(self.style.ERROR(f"Broken: {fault}."))
        if noted and found.noted_at is None:
            self.stderr.write(self.style.ERROR(f"Broken: the hash {noted} does not stand in the chain."))
        elif noted:
            self.stdout.write(f"The hash you noted is that of event no. {found.noted_at}.")
        if found.is_whole:
            counts = f"{found.events} events, {found.revisions} versions of posts, {found.ballots} ballots"
            self.stdout.write(self.style.SUCCESS(f"Whole: {counts}."))
            self.stdout.write(f"Latest hash: {found.head or 'none yet'}")
