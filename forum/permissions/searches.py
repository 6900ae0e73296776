"""Searches that somebody saved or made lately: nobody but themselves ever sees them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from forum.models import RecentSearch, SavedSearch
from forum.permissions.cities import SIGN_IN_FIRST
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied


def visible_searches[S: (SavedSearch, RecentSearch)](viewer: Viewer, queryset: QuerySet[S]) -> QuerySet[S]:
    """Return the searches the viewer may see: their own."""
    return queryset.filter(user=viewer.user) if viewer.is_signed_in else queryset.none()


def can_see_search(viewer: Viewer, search: SavedSearch | RecentSearch) -> bool:
    """Return whether the viewer may see that this is looked for."""
    return viewer.user is not None and viewer.user.pk == search.user_id


def can_save_search(viewer: Viewer) -> Verdict:
    """Return whether searches of the viewer are kept: those of every member."""
    return ALLOWED if viewer.is_signed_in else denied(SIGN_IN_FIRST)


def can_delete_search(viewer: Viewer, search: SavedSearch) -> Verdict:
    """Return whether the viewer may delete the saved search."""
    return ALLOWED if can_see_search(viewer, search) else denied(_("Only who saved a search may delete it."))
