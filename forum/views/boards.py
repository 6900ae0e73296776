"""Views of boards: the threads on one."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from forum.caching.generations import board_scopes
from forum.caching.keeping import kept_for_visitors
from forum.queries.board_faces import BoardPlace
from forum.queries.board_pages import BoardPage, board_page
from forum.queries.heads import board_meta
from forum.queries.thread_lists import SORT_LABELS, ListPlace, sort_of
from forum.templatetags.rows import rows_for
from forum.views.faces import face_of_board
from forum.views.requests import origin_of, viewer_of
from forum.views.wholes import Reader, framed


@require_GET
@kept_for_visitors(board_scopes, reads=("sort", "after", "before", "month"))
def show(request: HttpRequest, city: str, board: str) -> HttpResponse:
    """A page of a board's threads in one of four orders."""
    asked, fresh = request.GET, {"fresh": timezone.now().isoformat()}
    sort, marks = sort_of(asked.get("sort")), {name: asked.get(name, "") for name in ("after", "before", "month")}
    page = board_page(viewer_of(request), face_of_board(request, city, board, BoardPlace(sort, **marks)))
    reader, key = Reader(request, fresh), (board, page.whole_key)
    return framed(reader, "boards/show.html", key, partial(_context, request, page, fresh), partial(_give, page))


def _context(request: HttpRequest, page: BoardPage, fresh: dict[str, str]) -> dict[str, Any]:
    board, place, origin = page.face.here.board, page.face.place, origin_of(request)
    return {
        "meta": board_meta(origin, board, is_first=place.is_first),
        "head_key": (page.head_key, origin, page.ends_key),
        "data_key": (page.head_key, origin),
        "page": page,
        **_around_rows(page),
        "sorts": SORT_LABELS.items(),
        "month": place.month,
        "place": ListPlace(place.sort, place.after),
        "may_write": page.may_write,
        "fresh": list(fresh.values()),
    }


def _around_rows(page: BoardPage) -> dict[str, Any]:
    board = page.face.here.board
    return {"city": board.city, "board": board, "threads": page.threads, "sort": page.face.place.sort}


def _give(page: BoardPage, reader: Reader) -> None:
    """Give the reader the threads that they see."""
    place = ListPlace(page.face.place.sort, page.face.place.after)
    rows = [*page.pinned, *page.threads.items]
    reader.give("rows", rows_for(page.viewer, rows, place=place, in_board=True))
    if page.threads.older or page.threads.newer:
        around = _around_rows(page)
        reader.give("ends", reader.part("boards/_ends.html", page.ends_key, **around))
        reader.give("pages", reader.part("boards/_pages.html", page.ends_key, **around))
