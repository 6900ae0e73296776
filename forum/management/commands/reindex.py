"""`manage.py reindex`: put into the search index what it does not hold as it should."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from forum.search.index import index_outdated_posts, posts_to_index, prepare_to_reindex


class Command(BaseCommand):
    """Brings the search index up to date; can be stopped and run again, while the site serves."""

    help = "Indexes posts that the search does not know as they are, and cuts the blocks of a large index anew."

    def add_arguments(self, parser: CommandParser) -> None:
        """Know `--all`."""
        parser.add_argument("--all", action="store_true", help="index every post anew")

    def handle(self, *args: Any, **options: Any) -> None:
        """Index in batches and say how far it is."""
        everything, start, done = options["all"], monotonic(), 0
        prepare_to_reindex()
        total = posts_to_index(everything=everything)
        for number in index_outdated_posts(everything=everything):
            done += number
            rate = done / max(monotonic() - start, 0.001)
            self.stdout.write(f"{done} of {total} posts, {rate:.0f} a second")
        self.stdout.write(self.style.SUCCESS(f"Indexed {done} posts."))
