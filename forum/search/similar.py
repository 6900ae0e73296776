"""Threads like the one whose title is being written, so that a question asked before is found."""

from forum.models import City, Thread
from forum.permissions.roles import Viewer
from forum.search.find import find
from forum.search.language import Node, Query, Words, either
from forum.search.results import Scope
from forum.text.tokens import is_wide, stem, terms

MOST = 4
CANDIDATES = 30
LIKE_ENOUGH = 0.3  # the part of what the title says that another must say as well
MOST_TERMS = 24


def similar_threads(viewer: Viewer, title: str, *, city: City) -> list[Thread]:
    """Return the threads of the city whose titles say most like this one, the most alike first.

    Nothing for a title of fewer than two words (or pairs of Chinese characters).
    """
    wanted = _said(title[:200])
    if len(wanted) < 2:
        return []
    nodes: list[Node] = [Words(word, in_title=True) for word in [*wanted.values()][:MOST_TERMS]]
    results = find(viewer, Query(either(nodes)), scope=Scope(city=city), size=CANDIDATES)
    alike = []
    for group in results.groups:
        common = len(wanted.keys() & _said(group.thread.title).keys())
        if not group.thread.is_hidden and common >= min(2, len(wanted) / 2) and common / len(wanted) >= LIKE_ENOUGH:
            alike.append((common, group.thread))
    return [thread for _common, thread in sorted(alike, key=lambda one: one[0], reverse=True)[:MOST]]


def _said(title: str) -> dict[str, str]:
    """Return the words of a title and the pairs of Chinese characters in it, by their stems."""
    found = [term for term in terms(title) if term.isalnum() and (len(term) > 2 or all(map(is_wide, term)))]
    return {stem(term): term for term in found if len(term) > 1}
