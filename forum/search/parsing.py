"""Reads a query from what somebody typed."""

from dataclasses import replace
from typing import Any

from forum.search.language import Filters, Node, Not, Query, Words, either, every, titles_only
from forum.search.operators import Filter, Problem, Range, read_filter
from forum.search.scanning import MOST_CHARACTERS, Kind, Token, scan

MOST_WORDS = 50


def parse(text: str) -> Query:
    """Return what `text` asks for. Never raises: what cannot be understood is left out and told in `problems`."""
    tokens, problems = scan(text)
    if len(text) > MOST_CHARACTERS:
        problems = [Problem("long", str(MOST_CHARACTERS)), *problems]
    reader = _Reader(tokens, problems)
    node = reader.every(0)
    if reader.only_titles:
        node = titles_only(node) if node else None
        if node is None:
            reader.problems.append(Problem("in"))
    return Query(node, reader.filters, tuple(dict.fromkeys(reader.problems)), text)


class _Reader:
    """Reads tokens from left to right. OR joins its two neighbours, as in the search engines people know."""

    def __init__(self, tokens: list[Token], problems: list[Problem]) -> None:
        self.tokens = tokens
        self.problems = problems
        self.filters = Filters()
        self.only_titles = False
        self.at = self.words = 0

    def every(self, depth: int) -> Node | None:
        """Read until the end, or until the bracket closes."""
        parts: list[Node] = []
        while (token := self._next()) and token.kind != Kind.CLOSE:
            if token.kind != Kind.OR:  # one that joins nothing says nothing
                found = self._either(depth)
                parts += [found] if found else []
            else:
                self.at += 1
        return every(parts)

    def _either(self, depth: int) -> Node | None:
        kinds: set[str] = set()
        parts: list[Node] = []
        while True:
            if found := self._one(depth, kinds):
                parts.append(found)
            joins = self.at
            while (token := self._next()) and token.kind == Kind.OR:
                self.at += 1
            if joins == self.at or token is None or token.kind == Kind.CLOSE:
                break
            kinds.add("or")
        alone = len(kinds - {"or"}) == 1 and not parts and not kinds - {"or", "author", "city", "board"}
        if kinds - {"or"} and ("or" in kinds and not alone):
            self.problems.append(Problem("or"))
        return either(parts)

    def _one(self, depth: int, kinds: set[str]) -> Node | None:
        """Read one word, phrase, filter or bracket, with the sign before it."""
        is_not = self.tokens[self.at].kind == Kind.NOT
        self.at += is_not
        token = self._next()
        if token is None or token.kind in (Kind.NOT, Kind.OR, Kind.CLOSE):
            return None  # a sign before nothing
        self.at += 1
        if token.kind == Kind.OPEN:
            found = self.every(depth + 1)
            self.at += 1
        elif token.operator:
            found = self._filter(token, depth, kinds, is_not=is_not)
        else:
            found = self._words(token)
        if not (is_not and found):
            return found
        return found.of if isinstance(found, Not) else Not(found)

    def _filter(self, token: Token, depth: int, kinds: set[str], *, is_not: bool) -> Node | None:
        if token.operator == "title":
            if token.text:
                return self._words(token)
            self.problems.append(Problem("title"))
            return None
        found = read_filter(token.operator, token.text, is_not=is_not)
        if isinstance(found, Problem):
            self.problems.append(found)
        elif found is None:
            self.only_titles = True
        else:
            kinds.add(token.operator)
            self._keep(found)
            if depth:
                self.problems.append(Problem("bracket"))
        return None

    def _keep(self, found: Filter) -> None:
        """Add the filter to those that are there."""
        old = getattr(self.filters, found.name)
        new: Any = found.value
        if isinstance(new, tuple):
            new = tuple(dict.fromkeys(old + new))
        elif isinstance(new, frozenset | Range):
            new = old | new
        elif old is not None:
            new = max(old, new) if found.name == "after" else min(old, new)
        changed: dict[str, Any] = {found.name: new}
        self.filters = replace(self.filters, **changed)

    def _words(self, token: Token) -> Node | None:
        self.words += 1
        if self.words > MOST_WORDS:
            self.problems.append(Problem("words", str(MOST_WORDS)))
            return None
        return Words(token.text, is_phrase=token.kind == Kind.PHRASE, in_title=token.operator == "title")

    def _next(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None
