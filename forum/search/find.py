"""Finding: a query becomes one page of what the viewer may see of it."""

from forum.permissions.roles import Viewer
from forum.search.language import Query
from forum.search.results import Order, Results, Scope

__all__ = ["find"]


def find(
    viewer: Viewer, query: Query, *, scope: Scope = Scope(), order: Order = "relevance", after: str = "", size: int = 20
) -> Results:
    """Return one page of the posts that the query finds in the scope and that the viewer may see.

    By relevance a page has `size` threads, by date `size` posts. Without words the order is by date. An `after`
    that cannot be read raises Http404.
    """
    raise NotImplementedError
