"""Views of boards: the threads on one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from forum.caching.generations import board_scopes
from forum.caching.keeping import kept_for_visitors
from forum.queries.board_faces import BoardPlace
from forum.queries.board_pages import board_page
from forum.queries.heads import board_meta
from forum.queries.thread_lists import SORT_LABELS, ListPlace, sort_of
from forum.views.faces import face_of_board
from forum.views.requests import origin_of, viewer_of


@require_GET
@kept_for_visitors(board_scopes, reads=("sort", "after", "before", "month"))
def show(request: HttpRequest, city: str, board: str) -> HttpResponse:
    """A page of a board's threads in one of four orders."""
    asked, shown_at, origin = request.GET, timezone.now(), origin_of(request)
    sort, marks = sort_of(asked.get("sort")), {name: asked.get(name, "") for name in ("after", "before", "month")}
    page = board_page(viewer_of(request), face_of_board(request, city, board, BoardPlace(sort, **marks)))
    found = page.face.here.board
    context = {
        "meta": board_meta(origin, found, page.threads, sort=sort, is_first=page.face.place.is_first),
        "head_key": (page.head_key, origin),
        "data_key": (page.head_key, origin),
        "page": page,
        "board": found,
        "city": found.city,
        "threads": page.threads,
        "sort": sort,
        "sorts": SORT_LABELS.items(),
        "month": marks["month"],
        "place": ListPlace(sort, marks["after"]),
        "may_write": page.may_write,
        "fresh": [shown_at.isoformat()],
    }
    return render(request, "boards/show.html", context)
