"""Faces of pages: what everybody sees alike, read once and kept in the process while nothing of it changes.

Each raises Http404 for what is not there. One query when it is kept, none where the generation was asked already.
"""

from django.http import HttpRequest
from django.utils import timezone

from forum.caching.generations import board_scopes, city_scopes, thread_scopes
from forum.caching.keeping import everywhere, known_to
from forum.caching.pieces import kept_face
from forum.queries import board_faces, city_faces, site_pages, thread_faces
from forum.queries.board_faces import BoardFace, BoardPlace
from forum.queries.city_faces import CityFace
from forum.queries.site_pages import DirectoryFace, DirectoryPlace, HomeFace
from forum.queries.thread_faces import ThreadFace
from forum.queries.thread_lists import ListPlace
from forum.views.requests import viewer_of


def face_of_thread(request: HttpRequest, pk: int, *, number: int, place: ListPlace) -> ThreadFace:
    """Return the face of a page of a thread."""
    _scopes, generation = known_to(request, thread_scopes, pk)
    key, ask = ("thread", pk, number, place), thread_faces.thread_face
    return kept_face(key, generation, lambda: ask(pk, number=number, place=place), thread_faces.weight_of)


def face_of_board(request: HttpRequest, city: str, board: str, place: BoardPlace) -> BoardFace:
    """Return the face of a page of a board."""
    scopes, generation = known_to(request, board_scopes, city, board)
    zone = str(timezone.get_current_timezone()) if place.month else ""  # months begin where the reader is
    key, ask = ("board", scopes, place, zone), board_faces.board_face
    return kept_face(key, generation, lambda: ask(city, board, place), board_faces.weight_of)


def face_of_city(request: HttpRequest, slug: str) -> CityFace:
    """Return the face of a city's front page."""
    scopes, generation = known_to(request, city_scopes, slug)
    return kept_face(("city", scopes), generation, lambda: city_faces.city_face(slug), city_faces.weight_of)


def face_of_home(request: HttpRequest) -> HomeFace:
    """Return the face of the home page for all who may read what the viewer may."""
    sight, (_scopes, generation) = site_pages.sight_of(viewer_of(request)), known_to(request, everywhere)
    return kept_face(("home", sight), generation, lambda: site_pages.home_face(sight), site_pages.weight_of_home)


def face_of_directory(request: HttpRequest, place: DirectoryPlace) -> DirectoryFace:
    """Return the face of a page of the directory; one that is searched by name is read anew each time."""
    if place.name:
        return site_pages.directory_face(place)
    key, (_scopes, generation), weigh = (
        ("directory", place),
        known_to(request, everywhere),
        site_pages.weight_of_directory,
    )
    return kept_face(key, generation, lambda: site_pages.directory_face(place), weigh)
