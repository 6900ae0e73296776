"""`manage.py settle`: do what comes about by itself when its time has come; a served site does it every minute."""

from typing import Any

from django.core.cache import cache
from django.core.management.base import BaseCommand

from forum.actions.attachments import sweep_images
from forum.actions.marks import forget_old_marks
from forum.actions.recounting import recount_writers
from forum.actions.settling import settle_due
from forum.notifying.delivering import tell_waiting
from forum.publishing.sweeping import sweep_books

HOUR = 60 * 60
OFTEN = 5 * 60


class Command(BaseCommand):
    """Settles what is due."""

    help = (
        "Counts votes whose time is over, lets their results take effect, finds who follows absent mayors, "
        "and tells news that still wait to be told."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Settle; once an hour count anew what no act counts at once, and let go of old reading marks and pictures.

        More often, let go of books of what has changed.

        Safe at any time, and several at once.
        """
        done, told = settle_due(), sum(tell_waiting())
        if cache.add("hourly:writers", 1, HOUR):
            recount_writers()
            forget_old_marks()
            sweep_images()
        if cache.add("often:books", 1, OFTEN):
            sweep_books()
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS(f"Settled: {done}, told: {told}"))
