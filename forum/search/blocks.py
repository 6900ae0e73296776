"""Blocks: stretches of time of which the index on PostgreSQL has entries of its own.

A frequent word then costs no more than one block: the newest is asked first, and older ones only while posts are
missing. Blocks hold about as many posts each; a new one begins when the newest is full. After a large archive came in
from earlier times `manage.py reindex` cuts them anew: as a new generation, beside which the old one stays until every
post has moved. Every post is in the block of its generation in which its place is, or searches would miss it; so what
is new begins only when all processes know of it.
"""

from collections.abc import Iterable
from itertools import groupby, pairwise
from time import time
from typing import Final, NamedTuple

from django.core.cache import caches
from django.db import connection

from accounts.statements import execute

POSTS: Final = 8_192  # in a block, about
FIRST: Final = -(2**63)
LAST: Final = 2**63 - 1
HASH: Final = 22  # bits of a key that say which term; those before say which block
REMEMBERED: Final = 20  # seconds for which a process may not know of what is new
DELAY: Final = 60  # seconds after which it begins
_BASES: Final = 1 << 32 - HASH
_LOOKED_AT: Final = 512  # posts between two looks at whether the newest block is full
_TOO_FULL: Final = 3  # times as many posts as a block should have
_KEY: Final = "search-blocks"


class Arrays(NamedTuple):
    """All blocks as PostgreSQL reads arrays, those that end last first; `is_one` when they are of one generation."""

    numbers: str
    bases: str
    starts: str
    ends: str
    is_one: bool


class Block(NamedTuple):
    """The places from `starts` until before `ends`; its number is part of every key of its posts."""

    number: int
    generation: int
    starts: int
    ends: int
    used_from: int


def arrays() -> Arrays:
    """Return all blocks as they were within the last seconds: for searches."""
    known: Arrays | None = caches["local"].get(_KEY)
    if known is None:
        found = read_blocks()
        columns = zip(*((one.number, base_of(one.number), one.starts, one.ends) for one in found), strict=True)
        numbers, bases, starts, ends = map(array_of, columns)
        known = Arrays(numbers, bases, starts, ends, is_one=len({one.generation for one in found}) == 1)
        caches["local"].set(_KEY, known, REMEMBERED)
    return known


def array_of(numbers: Iterable[int]) -> str:
    """Return the numbers as PostgreSQL reads an array."""
    return f"{{{','.join(map(str, numbers))}}}"


def base_of(block: int) -> int:
    """Return the first of the keys of a block.

    Those of a block stand together, so that writing to the newest one touches few pages of the index. Every 1,024th
    block has the same ones, so a row says its block, too.
    """
    return (block % _BASES << HASH) - 2**31


def read_blocks() -> list[Block]:
    """Return all blocks as they stand in the database at this moment, those that end last first: for writing."""
    rows = execute("SELECT number, generation, starts, used_from FROM search_block ORDER BY generation, starts")
    found = []
    for _generation, same in groupby(rows, key=lambda row: row[1]):
        for (number, generation, starts, used_from), after in pairwise([*same, (0, 0, LAST, 0)]):
            found.append(Block(number, generation, starts, after[2], used_from))
    return sorted(found, key=lambda block: (block.ends, block.starts), reverse=True)


def block_of(place: int, known: list[Block]) -> int:
    """Return the number of the block in which a post at that place is put: of the newest generation in use."""
    now = time()
    newest = max(block.generation for block in known if block.used_from <= now)
    return next(block.number for block in known if block.generation == newest and block.starts <= place < block.ends)


def begin_when_full(post_id: int, *, place: int) -> None:
    """Begin a new block at that place, which no post has reached, when the newest one is full.

    Looks only now and then.
    """
    if post_id % _LOOKED_AT:
        return
    newest = read_blocks()[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM search_document WHERE place >= %s LIMIT %s) newest",
            [newest.starts, POSTS],
        )
        if cursor.fetchone()[0] < POSTS or place <= newest.starts:
            return
        # Two that come to this at the same time begin the same block.
        cursor.execute(
            "INSERT INTO search_block (number, generation, starts, used_from)"
            " SELECT max(number) + 1, max(generation), %s, 0 FROM search_block ON CONFLICT (number) DO NOTHING",
            [place],
        )


def begin_generation(starts: list[int], *, used_from: float) -> None:
    """Cut time anew: blocks from the beginning, and from each of the places; posts go there from that second on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(number) + 1, max(generation) + 1 FROM search_block")
        number, generation = cursor.fetchone()
        rows = [(number + step, generation, place, int(used_from)) for step, place in enumerate([FIRST, *starts])]
        cursor.executemany(
            "INSERT INTO search_block (number, generation, starts, used_from) VALUES (%s, %s, %s, %s)", rows
        )
    caches["local"].delete(_KEY)


def end_old_generations() -> None:
    """Forget the blocks of all generations but the newest in which no post is left."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_block b WHERE generation < (SELECT max(generation) FROM search_block)"
            " AND NOT EXISTS (SELECT 1 FROM search_terms t WHERE t.block = b.number)"
        )


def better_starts() -> list[int]:
    """Return where blocks should start, [] when they are good as they are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_terms GROUP BY block ORDER BY 1 DESC LIMIT 1")
        fullest = cursor.fetchone()
        if not fullest or fullest[0] <= _TOO_FULL * POSTS:
            return []
        cursor.execute(
            "SELECT place FROM (SELECT place, row_number() OVER (ORDER BY place) FROM search_document) ordered"
            " WHERE row_number %% %s = 0 ORDER BY place",
            [POSTS],
        )
        return [row[0] for row in cursor.fetchall()]
