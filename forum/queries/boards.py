"""Boards: one of them, or all of a city."""

from django.http import Http404

from forum.models import Board, City
from forum.permissions.boards import can_see_board
from forum.permissions.roles import Viewer


def get_board(viewer: Viewer, city: str, board: str) -> Board:
    """Return a board the viewer may see, with its city, by their addresses; one query, or Http404."""
    rows = Board.objects.select_related("city__category")
    found = rows.filter(city__slug=city, slug=board).first()
    if found is None or not can_see_board(viewer, found):
        raise Http404("No such board")
    return found


def boards_of_city(city: City) -> list[Board]:
    """Return the boards of the city in their order."""
    return list(city.boards.all())
