"""The table of generations (forum/caching), which no model knows: triggers write it, nobody looks at one row.

`kind` and `key` name a scope; its generation is the sum of `number`. On PostgreSQL each transaction has rows of its
own, told by `mark`, so that no writer waits for another. Who looks from within a transaction takes a number of
`generation_looks`, and a row grows again when it has grown before the last of these (`looks`).
"""

from django.db import migrations

POSTGRESQL = """CREATE SEQUENCE generation_looks; CREATE TABLE forum_generation (
    kind smallint NOT NULL, key bigint NOT NULL, mark bigint NOT NULL, number bigint NOT NULL,
    looks bigint NOT NULL, PRIMARY KEY (kind, key, mark))
    WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_insert_threshold = -1)"""
SQLITE = """CREATE TABLE forum_generation (
    kind integer NOT NULL, key integer NOT NULL, number integer NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID"""
TABLES = {"postgresql": POSTGRESQL, "sqlite": SQLITE}


def build(apps, schema_editor):
    schema_editor.execute(TABLES[schema_editor.connection.vendor])


def take_away(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS forum_generation")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP SEQUENCE generation_looks")


class Migration(migrations.Migration):
    dependencies = (("forum", "0003_search"),)

    operations = (migrations.RunPython(build, take_away),)
