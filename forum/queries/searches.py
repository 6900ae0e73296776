"""One's own searches: the saved ones and the recent ones."""

from django.http import Http404

from forum.models import RecentSearch, SavedSearch
from forum.permissions.roles import Viewer
from forum.permissions.searches import visible_searches


def saved_searches(viewer: Viewer) -> list[SavedSearch]:
    """Return what the viewer saved, the newest first; one query. There are only so many of one person."""
    return list(visible_searches(viewer, SavedSearch.objects.order_by("-created_at", "-pk")))


def recent_searches(viewer: Viewer, limit: int = 20) -> list[RecentSearch]:
    """Return what the viewer looked for lately, the last first; one query."""
    return list(visible_searches(viewer, RecentSearch.objects.order_by("-searched_at", "-pk"))[:limit])


def get_search(viewer: Viewer, pk: int) -> SavedSearch:
    """Return a saved search of the viewer; raise Http404 when they have none of that number."""
    search = visible_searches(viewer, SavedSearch.objects.all()).filter(pk=pk).first()
    if search is None:
        raise Http404("No such search")
    return search
