"""The language of searches: what a query says; `parsing` reads one, `writing` writes it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from forum.search.operators import ANY_NUMBER, Problem, Range

type Node = Words | Not | Every | Either


@dataclass(frozen=True, slots=True)
class Words:
    """What is looked for: one word or run of characters, or the exact words of a phrase."""

    text: str
    is_phrase: bool = False
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    of: Node


@dataclass(frozen=True, slots=True)
class Every:
    """All of these; at least two, none of them an Every."""

    of: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Any of these; at least two, none of them an Either."""

    of: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a post, its thread and its place must be, beside the words.

    Of authors, cities and boards (by sign-in name or address, or by the name people see) any one of those named will
    do; of `has` and `is_` all must hold. `after` is the first day, `before` the day that is no longer meant.
    """

    author: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    board: tuple[str, ...] = ()
    not_author: tuple[str, ...] = ()
    not_city: tuple[str, ...] = ()
    not_board: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None
    has: frozenset[str] = frozenset()  # image, link, code
    has_not: frozenset[str] = frozenset()
    is_: frozenset[str] = frozenset()  # featured, pinned, locked, opener
    is_not: frozenset[str] = frozenset()
    recommended: Range = ANY_NUMBER

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Query:
    """A query as understood: the words (None when there are none), the filters, and help with what was not understood.

    `text` is what was typed.
    """

    node: Node | None = None
    filters: Filters = Filters()
    problems: tuple[Problem, ...] = ()
    text: str = ""

    def __bool__(self) -> bool:
        return self.node is not None or bool(self.filters)


def words_of(node: Node | None) -> Iterator[Words]:
    """Yield the words that are looked for, leaving out what must not be there."""
    if isinstance(node, Words):
        yield node
    elif isinstance(node, (Every, Either)):
        for part in node.of:
            yield from words_of(part)


def every(parts: Sequence[Node]) -> Node | None:
    """Return the node that asks for all parts, None for none."""
    flat = tuple(deep for part in parts for deep in (part.of if isinstance(part, Every) else (part,)))
    return Every(flat) if len(flat) > 1 else flat[0] if flat else None


def either(parts: Sequence[Node]) -> Node | None:
    """Return the node that asks for any of the parts, None for none."""
    flat = tuple(deep for part in parts for deep in (part.of if isinstance(part, Either) else (part,)))
    return Either(flat) if len(flat) > 1 else flat[0] if flat else None


def titles_only(node: Node) -> Node:
    """Return the node with all its words looked for in titles."""
    return _with_titles(node, is_title=True)


def titles_or_text(node: Node | None) -> tuple[bool, Node | None]:
    """Return whether all words are looked for in titles alone, and the node without that; else the node as it is."""
    text = _with_titles(node, is_title=False) if node else None
    is_titles = node is not None and text is not None and titles_only(text) == node
    return (True, text) if is_titles else (False, node)


def _with_titles(node: Node, *, is_title: bool) -> Node:
    if isinstance(node, Words):
        return replace(node, in_title=is_title)
    if isinstance(node, Not):
        return Not(_with_titles(node.of, is_title=is_title))
    return type(node)(tuple(_with_titles(part, is_title=is_title) for part in node.of))
