"""Faces of pages: what everybody sees alike, read once and kept in the process while nothing of it changes."""

from django.http import Http404

from forum.caching.generations import thread_scopes
from forum.caching.pieces import kept_face
from forum.queries.thread_faces import ThreadFace, thread_face, weight_of
from forum.queries.thread_lists import ListPlace


def face_of_thread(pk: int, *, number: int, place: ListPlace) -> ThreadFace:
    """Return the face of a page of a thread; raise Http404 for one that is not there. One query when it is kept."""
    known = thread_scopes(pk)
    if known is None:
        raise Http404("No such thread")
    key, (_scopes, generation) = ("thread", pk, number, place), known
    return kept_face(key, generation, lambda: thread_face(pk, number=number, place=place), weight_of)
