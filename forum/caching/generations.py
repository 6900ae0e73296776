"""The generation of what a page shows: one number that only grows, and grows with each change.

What is kept of a page is kept under the generation that was read *before* its content was, and used as long as a fresh
look finds the same number. Then nobody on the same database is ever shown what no longer is.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

from forum.caching import postgresql, scopes, sqlite
from forum.caching.scopes import SITE, Scope

BEYOND = 2**63  # no database holds a number as high

DIALECTS = {"postgresql": postgresql, "sqlite": sqlite}
_SUM = "(SELECT CAST(COALESCE(SUM(number), 0) AS bigint) FROM forum_generation WHERE kind = {kind} AND key = {key})"


class Known(NamedTuple):
    """The scopes of a page, and their generation; `around` is that of the site and the face of its city alone.

    Where a page was asked for by its city or board, all but what is written in it, and counted, holds as long as
    `around`. `written` is that of the posts on a page of a thread, with what is around.
    """

    scopes: tuple[Scope, ...]
    generation: int
    around: int = 0
    written: int = 0


def _sum(kind: str, key: str) -> str:
    """Return the SQL of the generation of one scope."""
    return _SUM.format(kind=int(scopes.Kind[kind.upper()]), key=key)


def _around(city: str) -> str:
    """Return the SQL of the generation of the site and the face of a city."""
    return f"{_sum('site', str(SITE.key))} + {_sum('city', city)}"


_THREAD = f"""SELECT thread.city_id, thread.board_id, {_around("thread.city_id")},
    {_sum("board", "thread.board_id")} + {_sum("thread", "thread.id")}, {_sum("stretch", "%s")}
    FROM forum_thread thread WHERE thread.id = %s"""
_BOARD = f"""SELECT board.city_id, board.id, {_around("board.city_id")}, {_sum("board", "board.id")}
    FROM forum_board board JOIN forum_city city ON city.id = board.city_id WHERE city.slug = %s AND board.slug = %s"""
_CITY = f"SELECT city.id, {_around('city.id')}, {_sum('news', 'city.id')} FROM forum_city city WHERE city.slug = %s"


def _row(query: str, *values: int | str) -> tuple[int, ...] | None:
    """Return the row. Each page asks for one, so the shortest way counts; who listens to queries hears of it."""
    database = connections[DEFAULT_DB_ALIAS]  # itself, once: `connection` would look for it at each word
    dialect = DIALECTS[database.vendor]
    if database.in_atomic_block:
        query = dialect.noted(query)
    if database.queries_logged or database.execute_wrappers:
        with database.cursor() as cursor:
            cursor.execute(query, values)
            found: tuple[int, ...] | None = cursor.fetchone()
        return found
    database.validate_no_broken_transaction()
    database.ensure_connection()
    with database.wrap_database_errors:
        return dialect.ask(database.connection, query, values)


@lru_cache(200)
def _sum_of(kinds: tuple[int, ...]) -> str:
    """Return the query of the generation of several scopes of these kinds; one for each way to be a page.

    One sum over all of them: PostgreSQL needs a fifth longer to begin and to end one for each.
    """
    rows = [f"SELECT number FROM forum_generation WHERE kind = {int(kind)} AND key = %s" for kind in kinds]
    every = " UNION ALL ".join(rows) or "SELECT 0 AS number"
    return f"SELECT CAST(COALESCE(SUM(number), 0) AS bigint) FROM ({every}) AS every"


def generation(chosen: Iterable[Scope]) -> int:
    """Return the generation of several scopes together; one query. A scope in which nothing ever happened counts 0."""
    kinds, keys = tuple(zip(*chosen, strict=True)) or ((), ())
    found = _row(_sum_of(kinds), *keys)
    return found[0] if found else 0


def thread_scopes(pk: int, page: int = 1) -> Known | None:
    """Return what a page of a thread depends on, and the generation of that; None when there is no such thread.

    One statement, hence one moment: where the thread stands, and how far that place has come. It says nothing about
    who may see the thread.
    """
    posts = scopes.stretch(pk, page)
    found = _row(_THREAD, posts.key, pk) if posts.key < BEYOND else None
    if found is None:
        return None
    city, board, around, number, written = found[:5]
    places = (SITE, scopes.city(city), scopes.board(board), scopes.thread(pk))
    return Known(places, around + number, around, around + written)


def board_scopes(city_slug: str, board_slug: str) -> Known | None:
    """Return what the page of a board depends on, and the generation of that; None when there is no such board."""
    found = _row(_BOARD, city_slug, board_slug)
    if found is None:
        return None
    city, board, around, number = found[:4]
    return Known((SITE, scopes.city(city), scopes.board(board)), around + number, around)


def city_scopes(slug: str) -> Known | None:
    """Return what pages of a whole city depend on, and the generation of that; None when there is no such city."""
    found = _row(_CITY, slug)
    if found is None:
        return None
    city, around, number = found[:3]
    return Known((SITE, scopes.city(city), scopes.news(city)), around + number, around)
