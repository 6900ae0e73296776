"""The questions that the index on PostgreSQL is asked: what its keys propose, who may see it, what its words are."""

import re
from collections.abc import Iterable
from typing import Any, Final

from forum.search.blocks import HASH, array_of, arrays
from forum.search.candidates import FIRST_WORDS, Look
from forum.search.conditions import one_of, proposal, words_sql
from forum.search.documents import keys
from forum.search.matching import Has

# Made values in the end, so that searches for different words are the same question.
_NUMBER: Final = re.compile(r"#(\d+)")
_FIRST: Final = f"CASE WHEN d.length <= {FIRST_WORDS} THEN d.words ELSE substr(d.words, 1, {FIRST_WORDS}) END"
# By bytes, for these are counted already.
_TIMES: Final = "(octet_length(d.first) - octet_length(replace(d.first, %s, ''))) / %s"

# Block by block, the newest first, and in each by time: so the rows come in order, and the last one that is wanted ends
# it all. Nothing but its keys leads to a row of search_terms: with a way through all places the planner would walk it
# for every rare word.
PROPOSED: Final = """
SELECT {columns} FROM ({blocks} OFFSET 0) b CROSS JOIN LATERAL (
    SELECT place, post_id FROM search_terms
    WHERE {terms} AND {place} AND place >= %s AND place < %s ORDER BY place DESC OFFSET 0
) t {asked} {order} LIMIT %s
"""
ONE_BY_ONE: Final = """
SELECT * FROM unnest(%s::integer[], %s::integer[], %s::bigint[], %s::bigint[]) b (number, base, starts, ends)
WHERE ends > %s AND starts < %s
"""
# Titles are few, so ever more blocks are looked at in one: it is the looks that take time.
BY_GROUPS: Final = f"""
SELECT array_agg(number) AS numbers, array_agg(base + term) AS keys
FROM (SELECT *, row_number() OVER () AS nth FROM ({ONE_BY_ONE}) among) b CROSS JOIN unnest(%s::integer[]) term
GROUP BY width_bucket(nth::integer, ARRAY[1, 9, 41, 169, 681]) ORDER BY min(nth)
"""
WORDS: Final = f"""
CROSS JOIN LATERAL (
    SELECT *, {_FIRST} AS first FROM search_document d WHERE d.post_id = t.post_id AND {{words}} OFFSET 0
) d
"""
WALKED: Final = f"""
SELECT {{columns}} FROM (
    SELECT *, {_FIRST} AS first FROM search_document d WHERE {{words}} AND d.place >= %s AND d.place < %s
    ORDER BY d.place DESC
) d {{seen}} ORDER BY d.place DESC LIMIT %s
"""
# With a way of its own to each row: the planner may not begin with all threads of the site.
SEEN: Final = """
CROSS JOIN LATERAL ({posts} OFFSET 0) p (id, thread_id, recommendations)
CROSS JOIN LATERAL ({threads} OFFSET 0) seen (id)
"""


def proposed(asked: Look, low: int, high: int) -> tuple[str, list[Any]]:
    """Return the question for what the index proposes from `low` on, before `high`."""
    blocks = arrays()
    seen, seers = _seen(asked, "t.post_id")
    words, needles = words_sql(asked.compared)
    documents = WORDS.format(words=words) if asked.compared or asked.counted else ""
    if any_of := one_of(asked):  # then nearly every post has the words, and who may not see it need not be told
        parts, given = f"{seen} {documents}", (*seers, *needles)
    else:
        parts, given = f"{documents} {seen}", (*needles, *seers)
    columns, counted = _columns(asked, "t")
    values: list[Any] = [*counted, *blocks[:4], low, high]
    if any_of and isinstance(asked.condition, Has) and asked.condition.in_title:
        among, terms, place = BY_GROUPS, "keys && b.keys", "block = ANY(b.numbers)"
        values.append(array_of(numbers_of(any_of)))
    else:
        terms = f"keys && {_keys(any_of)}" if any_of else proposal(asked, lambda group: f"keys @> {_keys(group)}")
        among, place = ONE_BY_ONE, "block = b.number AND place >= b.starts AND place < b.ends"
        values += map(int, _NUMBER.findall(terms))
    sql = PROPOSED.format(
        columns=columns,
        blocks=among,
        terms=_NUMBER.sub("%s::integer", terms),
        place=place,
        asked=parts,
        # While blocks are cut anew those of two generations lie over each other.
        order="" if blocks.is_one else "ORDER BY t.place DESC",
    )
    return sql, [*values, low, high, *given]


def walked(asked: Look, low: int, high: int) -> tuple[str, list[Any]]:
    """Return the question for all documents from `low` on, before `high`, or for those among which is looked."""
    words, needles = words_sql(asked.condition)
    if asked.only is not None:
        words, needles = (
            f"d.post_id = ANY(%s::bigint[]) AND {words}",
            [array_of(asked.only), *needles],
        )
    seen, seers = _seen(asked, "d.post_id")
    columns, counted = _columns(asked, "d")
    return WALKED.format(columns=columns, words=words, seen=seen), [*counted, *needles, low, high, *seers]


def _columns(asked: Look, table: str) -> tuple[str, list[Any]]:
    """Return the columns of a Candidate, how often words stand there last, and the values in these."""
    seen = "p.thread_id, p.recommendations" if asked.seeing else "0, 0"
    if not asked.counted:
        return f"{table}.place, {table}.post_id, {seen}, 0, 0", []
    titles = [f"({' OR '.join(['strpos(d.title, %s) > 0'] * len(needles))})::integer" for needles in asked.counted]
    times = [" + ".join([_TIMES] * len(needles)) for needles in asked.counted]
    columns = f"{table}.place, {table}.post_id, {seen}, least(d.length, {FIRST_WORDS}), {' + '.join(titles)}"
    all_needles = [needle for needles in asked.counted for needle in needles]
    measured = [value for needle in all_needles for value in (needle, len(needle.encode()))]
    return ", ".join([columns, *times]), [*all_needles, *measured]


def _seen(asked: Look, column: str) -> tuple[str, tuple[Any, ...]]:
    """Return the part of a question about who may see the post whose id is in the column, and its values."""
    if not (asked.seeing and asked.seeing.posts and asked.seeing.threads):
        return "", ()
    posts, threads = asked.seeing.posts, asked.seeing.threads
    sql = SEEN.format(posts=posts.about(column), threads=threads.about("p.thread_id"))
    return sql, (*posts.values, *threads.values)


def _keys(terms: Iterable[str]) -> str:
    """Return the keys of the terms in the block `b`, their numbers in the form of _NUMBER."""
    return f"ARRAY[{','.join(f'b.base + #{number}' for number in numbers_of(terms))}]"


def numbers_of(terms: Iterable[str]) -> list[int]:
    """Return the keys of the terms, without those of a block."""
    return [number >> 32 - HASH for number in keys(terms)]
