"""Conditions as SQL: needles that must stand in the words, terms by which the index proposes."""

from collections.abc import Callable
from typing import Any

from forum.search.candidates import Look
from forum.search.documents import TITLE
from forum.search.matching import Both, Condition, Has, Without
from forum.text.tokens import MARK

type Group = Callable[[tuple[str, ...]], str]

# A Sample; the newest posts are `most`.
SAMPLED = """
SELECT count(*), min(place), (SELECT min(place) FROM search_document),
    (SELECT max(post_id) FROM search_document) - (SELECT min(post_id) FROM search_document) + 1
FROM (SELECT place FROM search_document ORDER BY place DESC LIMIT %s) newest
"""


def words_sql(of: Condition | None) -> tuple[str, list[Any]]:
    """Return the condition on the documents called `d`, and its values; for PostgreSQL."""
    if of is None:
        return "1 = 1", []
    if isinstance(of, Has):
        column = "d.title" if of.in_title else "d.words"
        return f"({' OR '.join(f'strpos({column}, %s) > 0' for _ in of.needles)})", list(of.needles)
    if isinstance(of, Without):
        sql, values = words_sql(of.of)
        return f"NOT {sql}", values
    inner = [words_sql(part) for part in of.of]
    sign = " AND " if isinstance(of, Both) else " OR "
    return f"({sign.join(sql for sql, _ in inner)})", [value for _, values in inner for value in values]


def proposal(look: Look, group: Group) -> str:
    """Return the condition on the index, "" when it can say nothing: it may propose too much, never too little.

    `group` writes the condition that a post has all of some terms.
    """
    marks = [_joined(" OR ", [group((mark,)) for mark in one]) for one in look.marks]
    return _joined(" AND ", [part for part in (*marks, _proposal(look.condition, group)) if part])


def is_told(of: Condition | None) -> bool:
    """Return whether what the index proposes is what fits, so that only few posts are proposed wrongly.

    That is so where each needle is one term; a term may share its key with another one, and on SQLite stand for an
    older version of a post.
    """
    if of is None:
        return True
    if isinstance(of, Without):
        return False
    if not isinstance(of, Has):
        return all(map(is_told, of.of))
    terms = {group[0].removeprefix(TITLE) if of.in_title else group[0] for group in of.groups if len(group) == 1}
    return len(terms) == len(of.groups) and {needle.replace(MARK, "") for needle in of.needles} == terms


def one_of(look: Look) -> list[str]:
    """Return the terms of which a post must have one, [] when what the index is asked is less simple."""
    if look.condition is None:
        return list(look.marks[0]) if len(look.marks) == 1 else []
    if not isinstance(look.condition, Has) or look.marks or any(len(group) > 1 for group in look.condition.groups):
        return []
    return [term for group in look.condition.groups for term in group]


def _proposal(of: Condition | None, group: Group) -> str:
    if isinstance(of, Has):
        return _joined(" OR ", [group(terms) for terms in of.groups])
    if of is None or isinstance(of, Without):
        return ""
    parts = [_proposal(part, group) for part in of.of]
    if isinstance(of, Both):
        return _joined(" AND ", [part for part in parts if part])
    return _joined(" OR ", parts) if all(parts) else ""


def _joined(sign: str, parts: list[str]) -> str:
    return f"({sign.join(parts)})" if len(parts) > 1 else "".join(parts)
