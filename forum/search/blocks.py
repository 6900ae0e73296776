"""Blocks: stretches of time of which the index on PostgreSQL has entries of its own.

A frequent word then costs no more than one block: the newest is asked first, and older ones only while posts are
missing. Blocks hold about as many posts each; a new one begins when the newest is full. After a large archive came in
from earlier times, `manage.py reindex` cuts them anew: as a new generation, beside which the old one stays until every
post has moved.
"""

from itertools import groupby, pairwise
from typing import Final, NamedTuple

from django.core.cache import caches
from django.db import connection

POSTS: Final = 32_768  # in a block, about
FIRST: Final = -(2**63)
LAST: Final = 2**63 - 1
REMEMBERED: Final = 20  # seconds for which a process may not know of a new block; so much later it begins
_LOOKED_AT: Final = 512  # posts between two looks at whether the newest block is full
_KEY: Final = "search-blocks"


class Block(NamedTuple):
    """The places from `starts` until before `ends`; its number is part of every key of its posts."""

    number: int
    generation: int
    starts: int
    ends: int


def blocks() -> list[Block]:
    """Return all blocks, those that end last first."""
    known: list[Block] | None = caches["local"].get(_KEY)
    if known is None:
        known = read_blocks()
        caches["local"].set(_KEY, known, REMEMBERED)
    return known


def read_blocks() -> list[Block]:
    """Return all blocks as they stand in the database at this moment, those that end last first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, generation, starts FROM search_block ORDER BY generation, starts")
        rows = cursor.fetchall()
    found = []
    for _generation, same in groupby(rows, key=lambda row: row[1]):
        stretches = [*same, (0, 0, LAST)]
        found += [Block(*row, after[2]) for row, after in pairwise(stretches)]
    return sorted(found, key=lambda block: (block.ends, block.starts), reverse=True)


def block_of(place: int, known: list[Block]) -> int:
    """Return the number of the block of the newest generation in which the place is."""
    newest = max(block.generation for block in known)
    return next(block.number for block in known if block.generation == newest and block.starts <= place < block.ends)


def begin_when_full(post_id: int, *, at: int) -> None:
    """Begin a new block at the place `at` when the newest one is full. Looks only now and then."""
    if post_id % _LOOKED_AT:
        return
    newest = read_blocks()[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM search_document WHERE place >= %s LIMIT %s) newest",
            [newest.starts, POSTS],
        )
        if cursor.fetchone()[0] < POSTS or at <= newest.starts:
            return
        # Two that come to this at the same time begin the same block.
        cursor.execute(
            "INSERT INTO search_block (number, generation, starts)"
            " SELECT max(number) + 1, max(generation), %s FROM search_block"
            " ON CONFLICT (number) DO NOTHING",
            [at],
        )


def begin_generation(starts: list[int]) -> None:
    """Cut time anew: blocks from the beginning, and from each of the places."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(number) + 1, max(generation) + 1 FROM search_block")
        number, generation = cursor.fetchone()
        rows = [(number + step, generation, place) for step, place in enumerate([FIRST, *starts])]
        cursor.executemany("INSERT INTO search_block (number, generation, starts) VALUES (%s, %s, %s)", rows)


def end_old_generations() -> None:
    """Forget all generations but the newest, when no post is left in their blocks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_block b WHERE generation < (SELECT max(generation) FROM search_block)"
            " AND NOT EXISTS (SELECT 1 FROM search_terms t WHERE t.block = b.number)"
        )
