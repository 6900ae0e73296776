"""The migrations say what the models say."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader


@pytest.mark.django_db
def test_no_model_changed_without_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_migration_is_applied_in_one_line() -> None:
    loader = MigrationLoader(connection)
    assert loader.detect_conflicts() == {}


@pytest.mark.django_db
def test_every_migration_of_data_can_be_undone() -> None:
    loader = MigrationLoader(connection)
    own = [migration for (app, _), migration in loader.disk_migrations.items() if app in {"forum", "accounts"}]
    stuck = [str(migration) for migration in own for step in migration.operations if not step.reversible]
    assert stuck == []
