"""Boards: one of them, or all of a city."""

from django.http import Http404

from forum.models import Board, City
from forum.permissions.boards import can_see_board
from forum.permissions.roles import Viewer
from forum.queries.watches import with_watch_level


def get_board(viewer: Viewer, city: str, board: str) -> Board:
    """Return a board the viewer may see, by its city's address and its own; one query, or Http404.

    It comes with its city, and with the `watch_level` of the viewer.
    """
    rows = with_watch_level(viewer, Board.objects.select_related("city__category"), "board")
    found = rows.filter(city__slug=city, slug=board).first()
    if found is None or not can_see_board(viewer, found):
        raise Http404("No such board")
    return found


def boards_of_city(city: City) -> list[Board]:
    """Return the boards of the city in their order."""
    return list(city.boards.all())
