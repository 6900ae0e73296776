"""What a page of results shows: titles and passages with the matches marked."""

from dataclasses import dataclass

from forum.models import Post, Thread
from forum.search.language import Query
from forum.search.passages import Needles, Piece, marked, passage
from forum.search.results import Group, Results
from forum.text.plain import html_to_text


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A post that was found: its own title and the passage that answers, in pieces."""

    post: Post
    title: list[Piece]
    passage: list[Piece]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """What was found in one thread; `more` is on no page of this search."""

    thread: Thread
    title: list[Piece]
    hits: list[ShownHit]
    more: int


def shown_groups(results: Results, query: Query) -> list[ShownGroup]:
    """Return the groups of a page of results as they are shown; no query."""
    needles = Needles(query.node)
    return [_shown(group, needles) for group in results.groups]


def _shown(group: Group, needles: Needles) -> ShownGroup:
    hits = [
        ShownHit(
            hit.post,
            # That of an opening post is its thread's.
            [] if hit.post.is_opener else marked(hit.post.title, needles),
            passage(html_to_text(hit.post.html), needles),
        )
        for hit in group.hits
    ]
    return ShownGroup(group.thread, marked(group.thread.title, needles), hits, group.more)
