"""The home page of the site."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from accounts.preferences import asked_language
from forum.caching.keeping import kept_for_visitors
from forum.permissions.roles import Viewer
from forum.queries.heads import home_meta
from forum.queries.list_rows import Listed
from forum.queries.own_lists import with_marks
from forum.queries.site_pages import HomeFace
from forum.templatetags.rows import rows_for
from forum.views.faces import face_of_home
from forum.views.requests import origin_of, viewer_of
from forum.views.wholes import Reader, framed


@require_GET
@kept_for_visitors()
def index(request: HttpRequest) -> HttpResponse:
    """Cities in which people talk, the newest and the most recommended threads."""
    viewer, chosen, face = viewer_of(request), asked_language(request), face_of_home(request)
    newest = with_marks(viewer, face.newest)
    key, context = (face.print, chosen, viewer.is_signed_in, bool(newest)), partial(_context, request, face, newest)
    return framed(Reader(request, {}), "home/index.html", key, context, partial(_give, viewer, face, newest))


def _context(request: HttpRequest, face: HomeFace, newest: list[Listed]) -> dict[str, Any]:
    origin, chosen = origin_of(request), asked_language(request)
    return {
        "meta": home_meta(origin, chosen=chosen),
        "head_key": ("home", origin, chosen, viewer_of(request).is_signed_in),
        "data_key": ("home", origin),
        "face": face,
        "newest": newest,
    }


def _give(viewer: Viewer, face: HomeFace, newest: list[Listed], reader: Reader) -> None:
    """Give the reader the newest threads, with what is new to them, and what stands beside them."""
    reader.give("rows", rows_for(viewer, newest))
    reader.give("rail", reader.part("home/_rail.html", face.print_of_rail, face=face))
