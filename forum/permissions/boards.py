"""Boards: who may see, build and open threads on them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from forum.models import Board, City
from forum.permissions.cities import can_act_in_city, can_see_city, in_readable_city
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict, denied


def visible_boards(viewer: Viewer, queryset: QuerySet[Board]) -> QuerySet[Board]:
    """Return the boards the viewer may see: those of cities they may read."""
    return queryset if viewer.is_moderator else queryset.filter(in_readable_city(viewer))


def can_see_board(viewer: Viewer, board: Board) -> bool:
    """Return whether the viewer may see the board."""
    return can_see_city(viewer, board.city)


def can_build_boards(viewer: Viewer, city: City) -> Verdict:
    """Return whether the viewer may create, change and order boards."""
    if not viewer.may("build", city):
        return denied(_("Only the mayor and the deputy mayors of this city may build boards."))
    return can_act_in_city(viewer, city, archived_too=True)
