"""Finding: a query becomes one page of what the viewer may see of it."""

from dataclasses import replace
from time import time
from typing import Final

from forum.permissions.roles import Viewer
from forum.search.filters import limits
from forum.search.gathering import Gathering
from forum.search.language import Query
from forum.search.matching import asked as looked_for
from forum.search.matching import condition
from forum.search.pages import Mark, best_page, by_thread, filled, read_mark
from forum.search.ranking import Ranking
from forum.search.results import EVERYWHERE, Order, Results, Scope

_DAY: Final = 86_400


def find(
    viewer: Viewer,
    query: Query,
    *,
    scope: Scope = EVERYWHERE,
    order: Order = "relevance",
    after: str = "",
    size: int = 20,
) -> Results:
    """Return one page of the posts that the query finds in the scope and that the viewer may see.

    By relevance a page has `size` threads, by date `size` posts. Without words to look for the order is by date.
    Raises Http404 for an `after` that cannot be read.
    """
    asked = condition(query.node)
    if not looked_for(asked):
        order = "date"
    mark = read_mark(after, order)
    if not query or (query.node and asked is None):
        return Results(order=order)
    found = limits(viewer, query.filters, scope)
    gathering = Gathering(viewer, asked, found)
    results = _by_date(gathering, mark, size) if order == "date" else _by_relevance(gathering, mark, size)
    return replace(results, order=order, unknown=tuple(found.unknown))


def _by_relevance(gathering: Gathering, mark: Mark | None, size: int) -> Results:
    day = mark.day if mark else int(time()) // _DAY
    found = gathering.to_rank(Ranking(gathering.condition, day=day))
    groups, has_more = best_page(found.ranked, mark, size)
    last = groups[-1][0] if groups else None
    return Results(
        groups=filled(groups),
        count=found.count,
        count_is_exact=found.is_exact,
        next=Mark(last.place, day=day, score=last.score).write("relevance") if last and has_more else "",
        is_cut=found.is_cut,
        took_too_long=found.took_too_long,
    )


def _by_date(gathering: Gathering, mark: Mark | None, size: int) -> Results:
    # The first page counts; later ones repeat what it said.
    found = gathering.newest(most=size, below=mark.place if mark else None)
    page = found.ranked
    count, is_exact = (mark.count, mark.is_exact) if mark else (found.count, found.is_exact)
    after = Mark(page[-1].place, count=count, is_exact=is_exact) if found.is_cut else None
    return Results(
        groups=filled(by_thread(page), shown=None),
        count=count,
        count_is_exact=is_exact,
        next=after.write("date") if after else "",
        took_too_long=found.took_too_long,
    )
