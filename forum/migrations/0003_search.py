"""The tables of the search index, which no model knows: they hold what can be made anew by `manage.py reindex`."""

from django.db import migrations

POSTGRESQL = (
    """CREATE TABLE search_document (
        post_id bigint PRIMARY KEY, place bigint NOT NULL UNIQUE, version smallint NOT NULL, length integer NOT NULL,
        title text NOT NULL, words text NOT NULL) WITH (toast_tuple_target = 8160)""",
    # Compared by the thousand: what must be unpacked or fetched from elsewhere first would take longer.
    "ALTER TABLE search_document ALTER COLUMN words SET STORAGE EXTERNAL",
    # Rows of few bytes, because they are read by the thousand. The keys, which are never read, lie beside them: the
    # search writes them so long that they are packed and moved there.
    """CREATE TABLE search_terms (
        post_id bigint PRIMARY KEY, place bigint NOT NULL, block integer NOT NULL, keys integer[] NOT NULL)
        WITH (toast_tuple_target = 128)""",
    "CREATE INDEX search_terms_keys ON search_terms USING gin (keys) WITH (fastupdate = off)",
    # A block is a stretch of time of which the index has entries of its own.
    """CREATE TABLE search_block (
        number integer PRIMARY KEY, generation integer NOT NULL, starts bigint NOT NULL, used_from bigint NOT NULL)""",
    "INSERT INTO search_block (number, generation, starts, used_from) VALUES (0, 0, -9223372036854775808, 0)",
    # The planner would guess worse from samples of keys than from nothing.
    "ALTER TABLE search_terms ALTER COLUMN keys SET STATISTICS 0",
)
SQLITE = (
    """CREATE TABLE search_document (
        place integer PRIMARY KEY, post_id integer NOT NULL UNIQUE, version integer NOT NULL, length integer NOT NULL,
        title text NOT NULL, words text NOT NULL)""",
    """CREATE VIRTUAL TABLE search_terms USING fts5(
        keys, content = '', columnsize = 0, detail = none, tokenize = 'ascii')""",
)
TABLES = {"postgresql": POSTGRESQL, "sqlite": SQLITE}


def build(apps, schema_editor):
    for statement in TABLES[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def take_away(apps, schema_editor):
    for table in ("search_block", "search_terms", "search_document"):
        schema_editor.execute(f"DROP TABLE IF EXISTS {table}")


class Migration(migrations.Migration):
    dependencies = (("forum", "0002_categories"),)

    operations = (migrations.RunPython(build, take_away),)
