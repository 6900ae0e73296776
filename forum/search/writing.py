"""Writes a query down, so that reading it again gives the same query."""

from collections.abc import Iterator

from forum.search.language import Every, Filters, Node, Not, Query, Words
from forum.search.operators import HAS, IS, OPERATORS, Range

_PAIRS = ('""', "「」", "“”", "『』", "〝〞", "«»", "＂＂")


def written(query: Query, *, in_chinese: bool = False) -> str:
    """Return the query as somebody would type it, with the names of the operators in English or Chinese."""
    parts = [*_filters(query.filters, in_chinese)]
    if query.node:
        parts.insert(0, _node(query.node, in_chinese))
    return " ".join(parts)


def operator_name(operator: str, in_chinese: bool) -> str:
    """Return the name under which an operator is written in the language."""
    return OPERATORS[operator][1 if in_chinese else 0]


def quoted(text: str) -> str:
    """Return the text between quotation marks that do not end within it."""
    return next(f"{pair[0]}{text}{pair[1]}" for pair in _PAIRS if pair[1] not in text)


def _node(node: Node, in_chinese: bool) -> str:
    if isinstance(node, Words):
        is_sign = node.text in ("OR", "AND", "或") and not node.in_title
        text = quoted(node.text) if node.is_phrase or is_sign else node.text
        return f"{operator_name('title', in_chinese)}:{text}" if node.in_title else text
    if isinstance(node, Not):
        inner = _node(node.of, in_chinese)
        is_simple = isinstance(node.of, Words) and not inner.startswith(tuple("-－−–"))
        return f"-{inner}" if is_simple else f"-({inner})"
    if isinstance(node, Every):
        return " ".join(_node(part, in_chinese) for part in node.of)
    return " OR ".join(
        f"({_node(part, in_chinese)})" if isinstance(part, Every) else _node(part, in_chinese) for part in node.of
    )


def _filters(filters: Filters, in_chinese: bool) -> Iterator[str]:
    for sign, operator, value in _values(filters, in_chinese):
        yield f"{sign}{operator_name(operator, in_chinese)}:{value}"


def _values(filters: Filters, in_chinese: bool) -> Iterator[tuple[str, str, str]]:
    """Yield sign, operator and value of each filter."""
    for operator in ("author", "city", "board"):
        for sign, names in (("", getattr(filters, operator)), ("-", getattr(filters, f"not_{operator}"))):
            for name in names:
                yield sign, operator, _name(name)
    for operator, names_of, wanted, unwanted in (
        ("has", HAS, filters.has, filters.has_not),
        ("is", IS, filters.is_, filters.is_not),
    ):
        for sign, values in (("", wanted), ("-", unwanted)):
            for value in sorted(values):
                yield sign, operator, names_of[value][1 if in_chinese else 0]
    if filters.after:
        yield "", "after", filters.after.isoformat()
    if filters.before:
        yield "", "before", filters.before.isoformat()
    if filters.recommended:
        yield "", "recommended", _range(filters.recommended)


def _name(name: str) -> str:
    """Return the name, between quotation marks unless it is plain."""
    return name if name.replace("-", "").replace("_", "").isalnum() else quoted(name)


def _range(numbers: Range) -> str:
    if numbers.low is None:
        return f"<={numbers.high}"
    if numbers.high is None:
        return f">={numbers.low}"
    return f"{numbers.low}..{numbers.high}"
