"""The questions that the index on PostgreSQL is asked: what its keys propose, who may see it, what its words are."""

from collections.abc import Iterable
from typing import Any, Final

from forum.search.blocks import blocks
from forum.search.candidates import FIRST_WORDS, Look
from forum.search.conditions import one_of, proposal, words_sql
from forum.search.documents import keys

_HASH: Final = 22  # bits of a key that say which term; those before say which block
_BASES: Final = 1 << 32 - _HASH
_WORDS: Final = f"""least(d.length, {FIRST_WORDS}), d.title,
    CASE WHEN d.length <= {FIRST_WORDS} THEN d.words ELSE substr(d.words, 1, {FIRST_WORDS}) END"""

# Block by block, the newest first, and in each by time: so the rows come in order, and the last one that is wanted ends
# it all. Nothing but its keys leads to a row of search_terms: with a way through all places the planner would walk it
# for every rare word.
PROPOSED: Final = """
SELECT {columns} FROM unnest(%s::integer[], %s::integer[], %s::bigint[], %s::bigint[]) b (number, base, starts, ends)
CROSS JOIN LATERAL (
    SELECT place, post_id FROM search_terms
    WHERE {terms} AND block = b.number AND place >= b.starts AND place < b.ends ORDER BY place DESC OFFSET 0
) t {asked} {order} LIMIT %s
"""
WORDS: Final = """
CROSS JOIN LATERAL (SELECT * FROM search_document d WHERE d.post_id = t.post_id AND {words} OFFSET 0) d
"""
WALKED: Final = """
SELECT {columns} FROM (
    SELECT * FROM search_document d WHERE {words} AND d.place >= %s AND d.place < %s ORDER BY d.place DESC
) d {seen} ORDER BY d.place DESC LIMIT %s
"""
# With a way of its own to each row: the planner may not begin with all threads of the site.
SEEN: Final = """
CROSS JOIN LATERAL ({posts} OFFSET 0) p (id, thread_id, recommendations)
CROSS JOIN LATERAL ({threads} OFFSET 0) seen (id)
"""


def proposed(asked: Look, low: int, high: int) -> tuple[str, list[Any]]:
    """Return the question for what the index proposes from `low` on, before `high`."""
    among = [block for block in blocks() if block.starts < high and block.ends > low]
    values: list[Any] = [
        [block.number for block in among],
        [base_of(block.number) for block in among],
        [max(block.starts, low) for block in among],
        [min(block.ends, high) for block in among],
    ]
    seen, seers = _seen(asked, "t.post_id")
    words, needles = words_sql(asked.condition)
    documents = WORDS.format(words=words) if asked.condition or asked.with_words else ""
    terms = one_of(asked)
    if terms:  # then nearly every post has the words, and who may not see it need not be told
        parts, given = f"{seen} {documents}", (*seers, *needles)
    else:
        parts, given = f"{documents} {seen}", (*needles, *seers)
    sql = PROPOSED.format(
        columns=_columns(asked, "t"),
        terms=f"keys && {_keys(terms)}" if terms else proposal(asked, lambda group: f"keys @> {_keys(group)}"),
        asked=parts,
        # While blocks are cut anew those of two generations lie over each other.
        order="ORDER BY t.place DESC" if len({block.generation for block in among}) > 1 else "",
    )
    return sql, [*values, *given]


def walked(asked: Look, low: int, high: int) -> tuple[str, list[Any]]:
    """Return the question for all documents from `low` on, before `high`, or for those among which is looked."""
    words, needles = words_sql(asked.condition)
    if asked.only is not None:
        words, needles = f"d.post_id = ANY(%s) AND {words}", [list(asked.only), *needles]
    seen, seers = _seen(asked, "d.post_id")
    sql = WALKED.format(columns=_columns(asked, "d"), words=words, seen=seen)
    return sql, [*needles, low, high, *seers]


def _columns(asked: Look, table: str) -> str:
    seen = "p.thread_id, p.recommendations" if asked.seeing else "0, 0"
    return f"{table}.place, {table}.post_id, {seen}{f', {_WORDS}' if asked.with_words else ''}"


def _seen(asked: Look, column: str) -> tuple[str, tuple[Any, ...]]:
    """Return the part of a question about who may see the post whose id is in the column, and its values."""
    if not (asked.seeing and asked.seeing.posts and asked.seeing.threads):
        return "", ()
    posts, threads = asked.seeing.posts, asked.seeing.threads
    sql = SEEN.format(posts=posts.about(column), threads=threads.about("p.thread_id"))
    return sql, (*posts.values, *threads.values)


def _keys(terms: Iterable[str]) -> str:
    """Return the keys of the terms in the block `b`."""
    return f"ARRAY[{','.join(f'b.base + {number}' for number in numbers_of(terms))}]"


def base_of(block: int) -> int:
    """Return the first of the keys of a block.

    Those of a block stand together, so that writing to the newest one touches few pages of the index. Every 1,024th
    block has the same ones, so a row says its block, too.
    """
    return (block % _BASES << _HASH) - 2**31


def numbers_of(terms: Iterable[str]) -> list[int]:
    """Return the keys of the terms, without those of a block."""
    return [number >> 32 - _HASH for number in keys(terms)]
