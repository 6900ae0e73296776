"""How PostgreSQL keeps and reads the tables that grow; SQLite needs none of it.

It looks after a table when a fifth of it has changed: of ten million posts that is after two million, and until then it
plans by old numbers and finds in no index alone what has just been written. On a disk without moving parts a row found
along an index costs about what the next row does; PostgreSQL believes four times as much, and would rather sort all
threads of a board than walk the twenty newest. Compiling a query takes longer than any of ours runs.
"""

from django.db import migrations

GROWING = (
    "thread",
    "post",
    "revision",
    "recommendation",
    "event",
    "notification",
    "mention",
    "digestentry",
    "readmark",
)
OFTEN = "autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.05"
OFTEN += ", autovacuum_vacuum_insert_scale_factor = 0.05"
PLANNING = ("random_page_cost = 1.1", "jit = off")
# The library of accounts looks people up in capitals when they sign in.
CAPITALS = (("accounts_user", "username"), ("accounts_user", "email"), ("account_emailaddress", "email"))
SET = "EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I {}', current_database())"


def settle(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name in GROWING:
        schema_editor.execute(f"ALTER TABLE forum_{name} SET ({OFTEN})")
    # A mark moves with each visit; no index holds its number, so there is room for the new one beside the old.
    schema_editor.execute("ALTER TABLE forum_readmark SET (fillfactor = 85)")
    for table, column in CAPITALS:
        schema_editor.execute(f"CREATE INDEX {table}_{column}_in_capitals ON {table} (upper({column}::text))")
    for setting in PLANNING:
        schema_editor.execute(f"DO $$ BEGIN {SET.format(f'SET {setting}')}; END $$", params=None)


def leave(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    names = ", ".join(part.split(" = ")[0] for part in OFTEN.split(", "))
    for name in GROWING:
        schema_editor.execute(f"ALTER TABLE forum_{name} RESET ({names})")
    schema_editor.execute("ALTER TABLE forum_readmark RESET (fillfactor)")
    for table, column in CAPITALS:
        schema_editor.execute(f"DROP INDEX {table}_{column}_in_capitals")
    for setting in PLANNING:
        schema_editor.execute(f"DO $$ BEGIN {SET.format('RESET ' + setting.split(' = ')[0])}; END $$", params=None)


class Migration(migrations.Migration):
    dependencies = (("forum", "0004_generations"), ("account", "0009_emailaddress_unique_primary_email"))

    operations = (migrations.RunPython(settle, leave),)
