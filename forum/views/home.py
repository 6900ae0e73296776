"""The home page of the site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.preferences import asked_language
from forum.caching.keeping import kept_for_visitors
from forum.queries.heads import home_meta
from forum.queries.own_lists import with_marks
from forum.views.faces import face_of_home
from forum.views.requests import origin_of, viewer_of


@require_GET
@kept_for_visitors()
def index(request: HttpRequest) -> HttpResponse:
    """Cities in which people talk, the newest and the most recommended threads."""
    viewer, origin, chosen = viewer_of(request), origin_of(request), asked_language(request)
    face = face_of_home(request)
    context = {
        "meta": home_meta(origin, chosen=chosen),
        "head_key": ("home", origin, chosen, viewer.is_signed_in),
        "data_key": ("home", origin),
        "face": face,
        "newest": with_marks(viewer, face.newest),
    }
    return render(request, "home/index.html", context)
