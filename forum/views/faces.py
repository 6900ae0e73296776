"""Faces of pages: what everybody sees alike, read once and kept in the process while nothing of it changes.

Each raises Http404 for what is not there. One query when it is kept, none where the generation was asked already.
"""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest
from django.utils import timezone

from forum.caching.generations import board_scopes, city_scopes, thread_scopes
from forum.caching.keeping import everywhere, known_to
from forum.caching.pieces import kept_face
from forum.queries import board_faces, city_faces, site_pages, thread_faces
from forum.queries.board_faces import BoardFace, BoardPlace
from forum.queries.city_faces import CityFace, CityHere
from forum.queries.posts import page_at
from forum.queries.site_pages import DirectoryFace, DirectoryPlace, HomeFace
from forum.queries.thread_faces import ThreadFace
from forum.queries.thread_lists import ListPlace
from forum.queries.threads import officers_of, weight_of_officers
from forum.views.requests import viewer_of


def face_of_thread(request: HttpRequest, pk: int, *, number: int, place: ListPlace) -> ThreadFace:
    """Return the face of a page of a thread; what is written on it is kept by itself, while others go on writing."""
    known = known_to(request, thread_scopes, pk, number)

    def make() -> ThreadFace:
        thread = thread_faces.thread_at(pk, place)
        page, city = page_at(thread, number), thread.city_id
        officers = kept_face(("officers", city), known.around, lambda: officers_of(city), weight_of_officers)
        if not thread_faces.is_whole(thread):
            return thread_faces.thread_face(thread, page, officers, thread_faces.written_on(thread, page))
        read = partial(thread_faces.written_on, thread, page)
        written = kept_face(("written", pk, number), known.written, read, thread_faces.weight_of_written)
        return thread_faces.thread_face(thread, page, officers, written)

    return kept_face(("thread", pk, number, place), known.generation, make, thread_faces.weight_of)


def face_of_board(request: HttpRequest, city: str, board: str, place: BoardPlace) -> BoardFace:
    """Return the face of a page of a board."""
    known = known_to(request, board_scopes, city, board)
    zone = str(timezone.get_current_timezone()) if place.month else ""  # months begin where the reader is

    def make() -> BoardFace:
        here = board_faces.board_here
        kept = kept_face(("board here", known.scopes), known.around, lambda: here(city, board), board_faces.weight_here)
        return board_faces.board_face(kept, place)

    return kept_face(("board", known.scopes, place, zone), known.generation, make, board_faces.weight_of)


def face_of_city(request: HttpRequest, slug: str) -> CityFace:
    """Return the face of a city's front page."""
    known = known_to(request, city_scopes, slug)

    def here(made: Callable[[], CityHere]) -> CityHere:
        return kept_face(("city here", known.scopes), known.around, made, city_faces.weight_here)

    make = partial(city_faces.city_face, slug, here)
    return kept_face(("city", known.scopes), known.generation, make, city_faces.weight_of)


def face_of_home(request: HttpRequest) -> HomeFace:
    """Return the face of the home page for all who may read what the viewer may."""
    sight, at = site_pages.sight_of(viewer_of(request)), known_to(request, everywhere).generation
    return kept_face(("home", sight), at, lambda: site_pages.home_face(sight), site_pages.weight_of_home)


def face_of_directory(request: HttpRequest, place: DirectoryPlace) -> DirectoryFace:
    """Return the face of a page of the directory; one that is searched by name is read anew each time."""
    if place.name:
        return site_pages.directory_face(place)
    at, weigh = known_to(request, everywhere).generation, site_pages.weight_of_directory
    return kept_face(("directory", place), at, lambda: site_pages.directory_face(place), weigh)
