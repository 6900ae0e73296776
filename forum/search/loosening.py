"""What to try when nothing was found: the same query with less asked of a post."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from forum.search.language import Every, Filters, Node, Not, Query, Words, either, every, words_of


@dataclass(frozen=True, slots=True)
class Looser:
    """A looser query; `kind` says what was given up: filters, titles, without, phrases or all."""

    kind: str
    query: Query


def looser(query: Query) -> list[Looser]:
    """Return queries that ask for less than this one, each giving up one thing."""
    return [one for one in _tries(query) if one.query and one.query != query]


def _tries(query: Query) -> Iterator[Looser]:
    node = query.node
    if query.filters and node:
        yield Looser("filters", replace(query, filters=Filters()))
    if node is None:
        return
    if any(words.in_title for words in words_of(node)):
        yield Looser("titles", replace(query, node=_changed(node, lambda words: replace(words, in_title=False))))
    if any(words.is_phrase for words in words_of(node)):
        yield Looser("phrases", replace(query, node=_changed(node, _apart)))
    if (kept := _without(node)) != node:
        yield Looser("without", replace(query, node=kept))
    if isinstance(node, Every):
        wanted = [part for part in node.of if not isinstance(part, Not)]
        if len(wanted) > 1:
            yield Looser("all", replace(query, node=either(wanted)))


def _changed(node: Node, change: Callable[[Words], Node]) -> Node:
    if isinstance(node, Words):
        return change(node)
    if isinstance(node, Not):
        return Not(_changed(node.of, change))
    parts = [_changed(part, change) for part in node.of]
    return (every(parts) if isinstance(node, Every) else either(parts)) or node


def _apart(words: Words) -> Node:
    """Return the words of a phrase one by one."""
    if not words.is_phrase:
        return words
    return every([Words(word, in_title=words.in_title) for word in words.text.split()]) or words


def _without(node: Node) -> Node | None:
    """Return the node without what must not be there."""
    if isinstance(node, Words):
        return node
    if isinstance(node, Not):
        return None
    parts = [part for one in node.of if (part := _without(one))]
    return every(parts) if isinstance(node, Every) else either(parts)
