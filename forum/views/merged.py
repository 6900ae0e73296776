"""Threads that were merged into others: their addresses lead on."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from forum.queries.numbers import place_in_merged, thread_merged_into
from forum.views.requests import is_htmx, page_number, viewer_of

type View = Callable[..., HttpResponseBase]


def leads_on(name: str) -> Callable[[View], View]:
    """Have a page that has a thread's address lead to that of the thread into which the thread was merged.

    `name` is the name of the address. "thread" leads to the place where the posts stand. Asked only when there is no
    such thread; what was sent by a form is not sent on.
    """

    def leading(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, thread: int, **kwargs: Any) -> HttpResponseBase:
            try:
                return view(request, thread=thread, **kwargs)
            except Http404:
                place = _place(request, name, thread) if request.method in ("GET", "HEAD") else ""
                if not place:
                    raise
                return HttpResponse(headers={"HX-Redirect": place}) if is_htmx(request) else redirect(place)

        return wrapped

    return leading


def _place(request: HttpRequest, name: str, thread: int) -> str:
    if name == "thread":
        return place_in_merged(viewer_of(request), thread, page_number(request))
    found = thread_merged_into(viewer_of(request), thread)
    return reverse(name, args=[found.pk]) if found else ""
