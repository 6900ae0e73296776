"""Reading mode: a page of a thread, or one post, with nothing around the text."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.preferences import look_of
from forum.actions.threads import count_view
from forum.caching.ahead import is_ahead
from forum.caching.generations import thread_scopes
from forum.caching.keeping import kept_for_visitors
from forum.queries.focus import FocusPage, focus_on_post, focus_on_thread
from forum.views.merged import leads_on
from forum.views.requests import page_number, reader_of, viewer_of


@require_GET
@kept_for_visitors(thread_scopes, reads=("page",), is_visit=True)
@leads_on("thread_focus")
def thread(request: HttpRequest, thread: int) -> HttpResponse:
    """A page of a thread, to read."""
    viewer, number = viewer_of(request), page_number(request)
    page = focus_on_thread(viewer, thread, number=number)
    if not is_ahead(request.META):
        count_view(thread, reader=reader_of(request))
    query = {"page": number} if number > 1 else None
    return _read(request, page, back=reverse("thread", args=[thread], query=query))


@require_GET
def post(request: HttpRequest, post: int) -> HttpResponse:
    """One post, to read."""
    return _read(request, focus_on_post(viewer_of(request), post), back=reverse("post", args=[post]))


def _read(request: HttpRequest, page: FocusPage, *, back: str) -> HttpResponse:
    context = {
        "page": page,
        "thread": page.thread,
        "city": page.thread.city,
        "back": back,
        "is_vertical": page.is_chinese and look_of(request).writing == "vertical",
    }
    return render(request, "focus/show.html", context)
