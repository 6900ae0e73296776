"""`manage.py recount`: count every stored number anew, and say what was wrong."""

from typing import Any

from django.core.management.base import BaseCommand

from forum.actions.recounting import recount_everything


class Command(BaseCommand):
    """Repairs counters."""

    help = "Counts every stored number anew and says which ones were wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        """Recount, then report one line for each kind of number that was wrong."""
        wrong = recount_everything()
        for name, rows in wrong.items():
            self.stdout.write(f"{name}: {rows} corrected")
        self.stdout.write(self.style.SUCCESS("All numbers are right." if not wrong else "All numbers are right now."))
