"""`manage.py migrate`: Django's command, which here also sees to the triggers that count what pages show."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from forum.caching.triggers import put_in_place, take_away


def _is_pending() -> bool:
    """Return whether there is a migration left to apply."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


class Command(migrate.Command):
    """Migrate the database."""

    def handle(self, *arguments: Any, **options: Any) -> None:
        """Migrate without the triggers, which read tables that may change, and put them in place at the end."""
        if options["plan"] or options["check_unapplied"] or options["prune"]:
            super().handle(*arguments, **options)
            return
        if options["app_label"] or _is_pending():
            take_away()
        super().handle(*arguments, **options)
        if not _is_pending():
            put_in_place()
