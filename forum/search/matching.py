"""What a query asks of the words of a post, as both databases understand it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from forum.search.documents import TITLE, stem_mark
from forum.search.language import Every, Node, Not, Words
from forum.text.tokens import MARK, fold, needed_terms, stem, trace
from forum.text.tokens.terms import STEM
from forum.text.tokens.units import SIGN, WIDE, WORD

type Condition = Has | Both | Any | Without

# Around a word that nobody put in quotes, punctuation is not meant; but it is in C++, .NET, @mei and #tag.
_AROUND: Final = re.compile(
    r"^[,:;!?'\"()\[\]{}<>`…、。「」『』《》〈〉（）]+|[.,:;!?'\"()\[\]{}<>`…、。「」『』《》〈〉（）]+$"
)
_PIECES: Final = re.compile(rf"[{WIDE}]+|[^\s{WIDE}]+")
_ONE_WORD: Final = re.compile(WORD)
_ANYTHING: Final = re.compile(rf"\d|{WORD}|{SIGN}|[{WIDE}]")
_MOST_TERMS: Final = 12  # of one phrase; what they propose is compared with the words anyway


@dataclass(frozen=True, slots=True)
class Has:
    """The words, or the title, contain one of the needles. Each of `groups` is a set of terms that proposes posts.

    Without groups the index knows nothing of it, and only the words can tell.
    """

    needles: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Both:
    """All of these hold."""

    of: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Any:
    """One of these holds."""

    of: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Without:
    """This does not hold."""

    of: "Condition"


def condition(node: Node | None) -> Condition | None:
    """Return what the node of a query asks of a post, None when it asks nothing that can be looked for."""
    if node is None:
        return None
    if isinstance(node, Words):
        return _phrase(node.text, in_title=node.in_title) if node.is_phrase else _word(node)
    if isinstance(node, Not):
        of = condition(node.of)
        return Without(of) if of else None
    parts = tuple(part for one in node.of if (part := condition(one)))
    if len(parts) < 2:
        return parts[0] if parts else None
    return Both(parts) if isinstance(node, Every) else Any(parts)


def asked(of: Condition | None) -> "list[Has]":
    """Return the words that are looked for, in their order, without those that must not be there."""
    if isinstance(of, Has):
        return [of]
    return [has for part in of.of for has in asked(part)] if isinstance(of, Both | Any) else []


def in_titles(of: Condition) -> Condition:
    """Return the condition that what is looked for stands in the title of the post."""
    if isinstance(of, Has):
        groups = of.groups if of.in_title else tuple(_groups(group, in_title=True)[0] for group in of.groups)
        return Has(of.needles, groups, in_title=True)
    return of if isinstance(of, Without) else type(of)(tuple(map(in_titles, of.of)))


def _phrase(text: str, *, in_title: bool) -> Has | None:
    """Return the condition that these exact words stand there."""
    if not _ANYTHING.search(fold(text)):
        return None
    found = needed_terms(text)
    step = -(-len(found) // _MOST_TERMS) or 1
    return Has((trace(text),), _groups(found[::step], in_title=in_title), in_title)


def _word(node: Words) -> Condition | None:
    """Return the condition for what stands without quotes: a word also in its other forms, scripts one by one."""
    parts = []
    for piece in _PIECES.findall(fold(node.text)):
        bare = _AROUND.sub("", piece)
        if _ONE_WORD.fullmatch(bare):
            parts.append(_in_any_form(bare, in_title=node.in_title))
        elif bare and (found := _phrase(bare, in_title=node.in_title)):
            parts.append(found)
    if not parts:
        return _phrase(node.text, in_title=node.in_title)
    return Both(tuple(parts)) if len(parts) > 1 else parts[0]


def _in_any_form(word: str, *, in_title: bool) -> Has:
    root = stem(word)
    forms = dict.fromkeys((word, root))
    groups = tuple(_groups([term], in_title=in_title)[0] for term in (*needed_terms(word), STEM + root, *forms))
    return Has((*(f"{MARK}{form}{MARK}" for form in forms), stem_mark(root)), tuple(dict.fromkeys(groups)), in_title)


def _groups(found: Sequence[str], *, in_title: bool) -> tuple[tuple[str, ...], ...]:
    return (tuple(TITLE + term if in_title else term for term in found),) if found else ()
