"""The index on PostgreSQL: a GIN over numbers, with entries of its own for each block of time, newest block first."""

from collections.abc import Iterable, Sequence
from time import sleep, time
from typing import Any, Final

from django.db import connection

from accounts.statements import execute
from forum.search.blocks import (
    DELAY,
    FIRST,
    LAST,
    array_of,
    base_of,
    begin_generation,
    begin_when_full,
    better_starts,
    block_of,
    end_old_generations,
    read_blocks,
)
from forum.search.candidates import LARGEST, Batches, Candidate, Look, Sample
from forum.search.conditions import SAMPLED, proposal
from forum.search.documents import Document
from forum.search.matching import Has
from forum.search.questions import numbers_of, proposed, walked
from forum.text.tokens import TOKENS_VERSION

_BITS: Final = 21  # of a post's id, which follow its second in its place
_FEW: Final = 4  # terms
_WIDE: Final = 512  # keys: a row of more than 2,032 bytes is made narrower
_COUNTS: Final = 6  # columns before those that say how often words stand there
STORE: Final = """
WITH given AS (
    SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::integer[], %s::text[], %s::text[], %s::integer[], %s::text[])
        AS given (post_id, place, length, title, words, block, keys)
), stored AS (
    INSERT INTO search_document (post_id, place, version, length, title, words)
    SELECT post_id, place, %s, length, title, words FROM given
    ON CONFLICT (post_id) DO UPDATE
    SET place = excluded.place, version = excluded.version, length = excluded.length, title = excluded.title,
        words = excluded.words
)
INSERT INTO search_terms (post_id, place, block, keys) SELECT post_id, place, block, keys::integer[] FROM given
ON CONFLICT (post_id) DO UPDATE SET place = excluded.place, block = excluded.block, keys = excluded.keys
"""


def store(documents: Iterable[Document]) -> None:
    """Put the documents in the index, or in the place of older versions of themselves."""
    known = read_blocks()
    rows = []
    for document in documents:
        place = place_at(int(document.created_at.timestamp()), document.post_id)
        block = block_of(place, known)
        base = base_of(block)
        numbers = array_of(_widened([base + number for number in numbers_of(document.terms)]))
        rows.append((document.post_id, place, len(document.words), document.title, document.words, block, numbers))
        begin_when_full(document.post_id, place=place_at(int(time()) + DELAY, 0))
    if rows:
        execute(STORE, [*map(list, zip(*rows, strict=True)), TOKENS_VERSION])


def _widened(numbers: list[int]) -> list[int]:
    """Return the keys, one of them so often that the server puts them beside the table.

    Its rows are then so narrow that those of a million posts stay in memory. The index takes each key once.
    """
    return numbers[:1] * (_WIDE - len(numbers)) + numbers


def look(asked: Look) -> Batches:
    """Yield all posts that fit, newest first, in batches of the size that was sent last."""
    low, high = _range(asked)
    is_walk = asked.only is not None or not proposal(asked, lambda terms: "terms")
    if asked.seeing and not (asked.seeing.posts and asked.seeing.threads):
        return
    size, ask = asked.batch, execute if _is_common(asked) else _ask
    while True:
        sql, values = walked(asked, low, high) if is_walk else proposed(asked, low, high)
        found = [Candidate._make((*row[:_COUNTS], row[_COUNTS:])) for row in ask(sql, [*values, size])]
        wanted = yield found
        if len(found) < size:
            return
        high, size = found[-1].place, min(wanted or size, LARGEST)


def _is_common(asked: Look) -> bool:
    """Return whether the question has one of the few texts of most searches: of these a server keeps the plans."""
    is_short = isinstance(asked.condition, Has) and sum(map(len, asked.condition.groups)) <= _FEW
    return is_short and not asked.marks and (asked.seeing is None or asked.seeing.is_of_visitors)


def _ask(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def sample(most: int) -> Sample:
    """Return what the `most` newest posts tell of all."""
    with connection.cursor() as cursor:
        cursor.execute(SAMPLED, [most])
        return Sample(*(value or 0 for value in cursor.fetchone()))


def newer(place: int) -> int:
    """Return how many posts stand at that place or after it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_document WHERE place >= %s", [place])
        return int(cursor.fetchone()[0])


def prepare() -> None:
    """Cut the blocks anew before a reindex where some are much too full, and wait until every process knows."""
    if starts := better_starts():
        begin_generation(starts, used_from=time() + DELAY)
        sleep(DELAY)


def finish() -> None:
    """Forget the blocks that a reindex has emptied."""
    end_old_generations()


def is_outdated() -> tuple[str, list[Any]]:
    """Return the condition that a document (called `d`, beside posts called `p`) is missing or old."""
    known = read_blocks()
    newest = max(block.generation for block in known)
    old = [block.number for block in known if block.generation < newest]
    sql = "(d.version IS NULL OR d.version <> %s"
    if not old:
        return f"{sql})", [TOKENS_VERSION]
    return (
        f"{sql} OR EXISTS (SELECT 1 FROM search_terms t WHERE t.post_id = p.id AND t.block = ANY(%s)))",
        [TOKENS_VERSION, old],
    )


def place_at(second: int, post_id: int) -> int:
    """Return the place of a post of that second."""
    return (second << _BITS) + post_id % (1 << _BITS)


def second_of(place: int) -> int:
    """Return the seconds since 1970 of a place."""
    return place >> _BITS


def _range(asked: Look) -> tuple[int, int]:
    """Return the first place that may be found, and the first one after these."""
    low = FIRST if asked.low is None else asked.low << _BITS
    high = LAST if asked.high is None else asked.high << _BITS
    return low, high if asked.below is None else min(high, asked.below)
