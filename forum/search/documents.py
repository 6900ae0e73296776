"""What the index holds of a post: its traces, and the terms it is found by."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Final
from urllib.parse import unquote
from zlib import crc32

from forum.models import Post
from forum.text.plain import html_to_text
from forum.text.tokens import MARK, Analysis, analysed

# What readers do not see but look for: where links and images lead, their titles, the language of code.
_UNSEEN: Final = re.compile(r' (?:href|src|title|data-language)="([^"#][^"]*)"')
_HAS: Final = {"image": "<img ", "link": ' href="http', "code": "<pre"}

TITLE: Final = "^"  # before the terms of titles
BREAK: Final = "\n"  # between parts of a document; no trace has it, so nothing is found across


@dataclass(frozen=True, slots=True)
class Document:
    """A post as the index holds it: `title` and `words` are what is compared, `terms` lead to it.

    `words` has the title, too, and all that the text says and points to; both end with their stems.
    """

    post_id: int
    created_at: datetime
    title: str
    words: str
    terms: tuple[str, ...]


def document_of(post: Post) -> Document:
    """Return what the index holds of the post. Its thread should be loaded."""
    return document_from(post, _title_of(post), [html_to_text(post.html), *_unseen(post.html)])


def document_from(
    post: Post, title: str, texts: Iterable[str], analyse: Callable[[str], Analysis] = analysed
) -> Document:
    """Return what the index holds of a post that says `texts`; nothing is found across two of them."""
    titled = analyse(title)
    parts = [part for part in (titled, *map(analyse, texts)) if part.trace]
    found = dict.fromkeys(term for part in parts for term in part.terms)
    return Document(
        post.pk,
        post.created_at,
        title=_joined([titled]),
        words=_joined(parts),
        terms=(*found, *(TITLE + term for term in titled.terms), *_marks(post)),
    )


def author_mark(author_id: int) -> str:
    """Return the term of all posts by that person."""
    return f"@author {author_id}"


def city_mark(city_id: int) -> str:
    """Return the term of all posts in that city."""
    return f"@city {city_id}"


def has_mark(what: str) -> str:
    """Return the term of all posts that have an image, a link or code."""
    return f"@has {what}"


def stem_mark(root: str) -> str:
    """Return how a stem stands at the end of `title` and `words`; no trace of a text looks like it."""
    return f"{MARK}~{root}{MARK}"


def keys(found: Iterable[str]) -> list[int]:
    """Return the terms as numbers of 32 bits.

    Two terms may share a number: the index only proposes, and what it proposes is compared with the words.
    """
    return [crc32(term.encode()) for term in found]


def _title_of(post: Post) -> str:
    """Return the title of the post; of an opening post those of its thread, too."""
    titles = (post.thread.title, post.thread.alias, post.title) if post.is_opener else (post.title,)
    return "\n".join(dict.fromkeys(title for title in titles if title))


def _marks(post: Post) -> Iterator[str]:
    yield author_mark(post.author_id)
    yield city_mark(post.thread.city_id)
    yield from (has_mark(what) for what, sign in _HAS.items() if sign in post.html)


def _unseen(html: str) -> Iterator[str]:
    """Yield addresses, titles and names of languages, each once; an address also as people would write it."""
    for value in dict.fromkeys(_UNSEEN.findall(html)):
        value = unescape(value).removeprefix("mailto:")
        yield value
        if "%" in value and (readable := unquote(value)) != value:
            yield " ".join(readable.split())


def _joined(parts: list[Analysis]) -> str:
    """Return the traces of the parts and, last, their stems."""
    roots = dict.fromkeys(root for part in parts for root in part.stems)
    traces = BREAK.join(part.trace for part in parts)
    return f"{traces}{BREAK}{''.join(map(stem_mark, roots))}" if roots else traces
