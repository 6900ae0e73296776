"""How the databases go about what a page asks: from the plans that they make, whether it would grow with the site.

A plan tells it without a site of any size. SQLite plans without regard to size (it has no statistics here), and says
SCAN where it reads all of a table or an index. PostgreSQL plans for as many rows as it believes there are, so it is
told that each table has a million, and that reading a whole one is forbidden; where it does so all the same, no index
could serve. (How it walks along those that could, it chooses by what is in them, and here there is next to nothing.)

Reading along an index without a condition is a scan as well, unless it is in the order of the list and the list is cut:
then it ends after the first rows that fit, and that they are soon found is a reason that stands in WALKS.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

# What stays small however much is written, and why; every other table grows.
SMALL = {
    "forum_category": "the directory is made by hand",
    "auth_group": "made by hand",
    "auth_permission": "some for each model",
    "auth_group_permissions": "as many as groups and permissions",
    "accounts_user_groups": "only who looks after the site has any",
    "accounts_user_user_permissions": "only who looks after the site has any",
    "django_content_type": "one for each model",
    "django_migrations": "one for each migration",
    "socialaccount_socialapp": "one for each provider, and those come from the environment",
    "forum_rules": "one for each city that has made some",
    "forum_publication": "books are let go of after a week",
    "search_block": "one for a stretch of time",
    "cache": "thrown out above MAX_ENTRIES",
}
# Indexes along which a list that is cut may be read, and why it is soon full.
WALKS = {
    "threads_by_activity": "the newest of the site: nearly all of them may be read by all",
    "cities_by_activity": "nearly all cities may be read by all",
    "cities_by_age": "every city stands in the list",
    "open_cities_by_writers": "every city stands in the directory",
    "open_cities_by_activity": "every city stands in the directory",
    "open_cities_by_recommended": "every city stands in the directory",
    "open_cities_by_citizens": "every city stands in the directory",
    "open_cities_by_age": "every city stands in the directory",
    "people_newest_first": "everybody stands in the list of the moderators",
}
# Indexes that may be read from end to end, and why they are short.
SHORT = {
    "appeals_for_site": "holds only what waits for the moderators",
    "notifications_unsorted": "holds only what mailing has not looked at",
    "open_cities_by_writers": "how many wrote is counted for each city: some thousands of short entries",
    "forum_city_category_id_16aacd51": "cities are counted by category: some thousands of short entries",
}
LOOKING = ("SELECT", "WITH", "UPDATE", "DELETE", "INSERT")
# A page of a table holds as many rows as it says here, and each table of a few rows has one.
_BELIEVED = """
UPDATE pg_class SET reltuples = 1000000, relpages = 1
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL(%s)
"""


@contextmanager
def recorded(found: dict[str, Any]) -> Iterator[None]:
    """Note every statement that looks for rows, to read or to change them, with the values it was last asked with."""

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not many and sql.lstrip().startswith(LOOKING):
            found[sql] = params
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield


def scans(found: dict[str, Any]) -> list[str]:
    """Return what of the statements would read a growing table from end to end, each with the statement."""
    offences = _in_sqlite if connection.vendor == "sqlite" else _in_postgresql
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_BELIEVED, [list(SMALL)])
            cursor.execute("SET LOCAL enable_seqscan = off")
        told = [f"{how}\n    {sql}" for sql, params in found.items() for how in offences(cursor, sql, params)]
        transaction.set_rollback(True)
    return told


def _in_sqlite(cursor: Any, sql: str, params: Any) -> Iterator[str]:
    cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
    tables = _tables(sql)
    for _node, _above, _unused, detail in cursor.fetchall():
        said = re.match(r"SCAN (\w+)(?! VIRTUAL)(?: USING (?:COVERING )?INDEX (\w+))?", detail)
        # Of parts of the statement that have a name (`counted`) the plan tells how they are made. Virtual tables are
        # the index of the search, which is asked for words, and lists of values.
        if said and (table := tables.get(said[1])) and not _is_small(table, said[2] or "", sql):
            yield f"{detail} ({table})"


def _tables(sql: str) -> dict[str, str]:
    """Return the tables in a statement by the names they bear there."""
    named = re.findall(r'(?:FROM|JOIN) \(?"?([a-z_]+)"?(?: (?:AS )?"?([A-Z]+\d+|[a-z]\b)"?)?', sql)
    return {alias or table: table for table, alias in named}


def _is_small(table: str, index: str, sql: str) -> bool:
    return table in SMALL or index in SHORT or (index in WALKS and " LIMIT " in sql)


def _in_postgresql(cursor: Any, sql: str, params: Any) -> Iterator[str]:
    cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
    answer = cursor.fetchone()[0]
    for node in _nodes((json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]):
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] not in SMALL:
            yield f"Seq Scan ({node['Relation Name']})"


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)
