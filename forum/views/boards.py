"""Views of boards: the threads on one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from forum.caching.generations import board_scopes
from forum.caching.keeping import kept_for_visitors
from forum.permissions.threads import can_create_thread
from forum.queries.boards import get_board
from forum.queries.heads import board_meta
from forum.queries.notices import notices_in_force
from forum.queries.thread_lists import SORT_LABELS, ListPlace, pinned_in_board, sort_of, threads_in_board
from forum.views.requests import origin_of, viewer_of


@require_GET
@kept_for_visitors(board_scopes, reads=("sort", "after", "before", "month"))
def show(request: HttpRequest, city: str, board: str) -> HttpResponse:
    """A page of a board's threads in one of four orders."""
    viewer = viewer_of(request)
    found, sort = get_board(viewer, city, board), sort_of(request.GET.get("sort"))
    threads = threads_in_board(viewer, found, sort=sort, marks=request.GET)
    is_first = not any(request.GET.get(mark) for mark in ("after", "before", "month"))
    meta = board_meta(origin_of(request), found, threads, sort=sort, is_first=is_first)
    context = {
        "meta": meta,
        "board": found,
        "city": found.city,
        "threads": threads,
        "notices": notices_in_force(viewer, found.city) if is_first else [],
        "pinned": pinned_in_board(viewer, found) if is_first else [],
        "sort": sort,
        "sorts": SORT_LABELS.items(),
        "month": request.GET.get("month", ""),
        "place": ListPlace(sort, request.GET.get("after", "")),
        "may_write": can_create_thread(viewer, found),
        "shown_at": timezone.now(),
    }
    return render(request, "boards/show.html", context)
