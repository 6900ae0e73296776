"""`manage.py send_mail`: sort the news into letters and send those that are due; a served site does it by itself."""

from typing import Any

from django.core.cache import cache
from django.core.management.base import BaseCommand

from forum.mailing.sending import forget_letters, send_due
from forum.mailing.sorting import open_bulletins, sort_news

HOUR = 60 * 60


class Command(BaseCommand):
    """Sends what is due."""

    help = "Puts news into letters and sends those that are due. Safe at any time, and several at once."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sort, send, and once an hour begin the next bulletins and forget old letters."""
        sort_news()
        if cache.add("hourly:mail", 1, HOUR):
            open_bulletins()
            forget_letters()
        done = send_due()
        if options["verbosity"]:
            told = f"Sent: {done.sent}; nothing to tell: {done.empty}; later: {done.later}; given up: {done.failed}"
            self.stdout.write(self.style.SUCCESS(told))
