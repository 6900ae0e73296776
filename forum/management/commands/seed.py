"""`manage.py seed`: the demo world, on an empty site."""

from time import monotonic
from typing import Any

from django.core.management import BaseCommand, CommandError

from forum.management.seeding import PASSWORD, SIGN_INS, seed
from forum.models import City, Post, Thread


class Command(BaseCommand):
    """Build the demo world through the actions."""

    help = "Build the demo world: three cities with their people. Only on a site without cities."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed, and say what was made."""
        if City.objects.exists():
            raise CommandError("This site has cities already; the demo world is only for an empty one.")
        start = monotonic()
        seed()
        counts = f"{City.objects.count()} cities, {Thread.objects.count()} threads, {Post.objects.count()} posts"
        self.stdout.write(f"Demo world: {counts} in {monotonic() - start:.1f} s.")
        if options["verbosity"]:  # `serve` says it in its own greeting
            self.stdout.write(f"Sign in as {', '.join(SIGN_INS)}; the password is {PASSWORD}.")
