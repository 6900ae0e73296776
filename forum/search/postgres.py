"""The index on PostgreSQL: a GIN over numbers, with entries of its own for each block of time, newest block first."""

from collections.abc import Iterable
from time import sleep, time
from typing import Any, Final

from django.db import connection

from forum.search.blocks import (
    DELAY,
    FIRST,
    LAST,
    Block,
    begin_generation,
    begin_when_full,
    better_starts,
    block_of,
    blocks,
    end_old_generations,
    read_blocks,
)
from forum.search.candidates import FIRST_WORDS, LARGEST, Batches, Candidate, Look, Sample, next_batch
from forum.search.conditions import SAMPLED, one_of, proposal, words_sql
from forum.search.documents import Document, keys
from forum.text.tokens import TOKENS_VERSION

_BITS: Final = 21  # of a post's id, which follow its second in its place
_WORDS: Final = f"""least(d.length, {FIRST_WORDS}), d.title,
    CASE WHEN d.length <= {FIRST_WORDS} THEN d.words ELSE substr(d.words, 1, {FIRST_WORDS}) END"""

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
# Ordered before anything is asked of a post, so that asking ends with the last one that is wanted. Nothing but its keys
# leads to a row of search_terms: with a way through all places the planner would walk it for every rare word.
PROPOSED: Final = """
SELECT {columns} FROM (
    SELECT place, post_id FROM search_terms WHERE {terms} AND place < %s AND place >= %s AND place < %s
    ORDER BY place DESC
) t CROSS JOIN LATERAL (
    SELECT * FROM search_document d WHERE d.post_id = t.post_id AND {words} OFFSET 0
) d {seen} ORDER BY t.place DESC LIMIT %s
"""
WALKED: Final = """
SELECT {columns} FROM (
    SELECT * FROM search_document d WHERE {words} AND d.place < %s AND d.place >= %s AND d.place < %s
    ORDER BY d.place DESC
) d {seen} ORDER BY d.place DESC LIMIT %s
"""
# With a way of its own to each row: the planner may not begin with all threads of the site.
SEEN: Final = """
CROSS JOIN LATERAL ({posts} OFFSET 0) p (id, thread_id, recommendations)
CROSS JOIN LATERAL ({threads} OFFSET 0) seen (id)
"""


def store(documents: Iterable[Document]) -> None:
    """Put the documents in the index, or in the place of older versions of themselves."""
    known = read_blocks()
    rows = []
    for document in documents:
        place = place_at(int(document.created_at.timestamp()), document.post_id)
        block = block_of(place, known)
        numbers = f"{{{','.join(map(str, _numbers(document.terms, block)))}}}"
        rows.append((document.post_id, place, len(document.words), document.title, document.words, block, numbers))
        begin_when_full(document.post_id, place=place_at(int(time()) + DELAY, 0))
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(STORE, [*map(list, zip(*rows, strict=True)), TOKENS_VERSION])


def look(asked: Look) -> Batches:
    """Yield all posts that fit, newest first, in batches of the size that was sent last."""
    if asked.only is not None or not proposal(asked, lambda terms: "terms"):
        yield from _batches(asked, WALKED, "", LAST, FIRST, asked.batch)
        return
    low, high = _range(asked)
    left = [block for block in blocks() if block.starts < min(high, _below(asked)) and block.ends > low]
    # While blocks are cut anew those of two generations lie over each other: then all at once.
    size = len(left) if len({block.generation for block in left}) > 1 else 1
    looked, found, wanted = 0, 0, asked.batch
    while left:
        step, left = left[:size], left[size:]
        batches = _batches(asked, PROPOSED, _terms(asked, step), step[0].ends, step[-1].starts, wanted)
        batch = next(batches, None)
        while batch is not None:
            found += len(batch)
            wanted = (yield batch) or wanted
            batch = next_batch(batches, wanted)
        looked += len(step)
        # The newest block may have just begun, so the second one is asked alone, too. Then as many as should have what
        # is missing, and some more; but what is found is safe only with the end of a step.
        size = 1 if looked == 1 else min(wanted * looked * 5 // (4 * max(found, 1)) + 1, looked * 4)


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


def needle(text: str) -> str:
    """Return the text as the titles and words of candidates are compared with it."""
    return text


def second_of(place: int) -> int:
    """Return the seconds since 1970 of a place."""
    return place >> _BITS


def _terms(asked: Look, step: list[Block]) -> str:
    """Return the condition on the keys in these blocks."""
    if terms := one_of(asked):
        return f"keys && {_array(number for block in step for number in _numbers(terms, block.number))}"
    parts = [
        proposal(asked, lambda group, seed=block.number: f"keys @> {_array(_numbers(group, seed))}")  # type: ignore[misc]
        for block in step
    ]
    return f"({' OR '.join(parts)})"


def _below(asked: Look) -> int:
    return LAST if asked.below is None else asked.below


def _batches(asked: Look, template: str, terms: str, high: int, low: int, size: int) -> Batches:
    words, values = words_sql(asked.condition)
    if asked.only is not None:
        words, values = f"d.post_id = ANY(%s) AND {words}", [list(asked.only), *values]
    seen, columns, seers = "", "d.place, d.post_id, 0, 0", ()
    if asked.seeing:
        posts, threads = asked.seeing.posts, asked.seeing.threads
        if not (posts and threads):
            return
        seen = SEEN.format(posts=posts.about("d.post_id"), threads=threads.about("p.thread_id"))
        columns, seers = "d.place, d.post_id, p.thread_id, p.recommendations", (*posts.values, *threads.values)
    if asked.with_words:
        columns = f"{columns}, {_WORDS}"
    sql = template.format(columns=columns, terms=terms, words=words, seen=seen)
    start, end = _range(asked)
    below = min(high, _below(asked))
    while True:
        bounds = [below, max(low, start), end]
        with connection.cursor() as cursor:
            cursor.execute(sql, [*(bounds if terms else values), *(values if terms else bounds), *seers, size])
            found = [Candidate(*row) for row in cursor.fetchall()]
        wanted = yield found
        if len(found) < size:
            return
        below, size = found[-1].place, min(wanted or size, LARGEST)


def _range(asked: Look) -> tuple[int, int]:
    low = FIRST if asked.low is None else asked.low << _BITS
    return low, LAST if asked.high is None else asked.high << _BITS


def _array(numbers: Iterable[int]) -> str:
    return f"'{{{','.join(map(str, numbers))}}}'::int[]"


def _numbers(terms: Iterable[str], seed: int) -> list[int]:
    """Return the keys of the terms in that block, as signed numbers."""
    return [number - (1 << 32) if number >> 31 else number for number in keys(terms, seed)]
