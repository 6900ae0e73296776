"""Addresses of imported forums: they lead to where the threads are now."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from forum.queries.archives import new_place_of
from forum.views.requests import viewer_of

# Longer ones would not fit a column of the database.
ID_DIGITS, NUMBER_DIGITS = 18, 9


@require_safe
def thread(request: HttpRequest, slug: str, source: str, number: str | None = None) -> HttpResponse:
    """Redirect for good to an imported thread, or to one of its posts."""
    if len(source) > ID_DIGITS or len(number or "") > NUMBER_DIGITS:
        raise Http404("No such thread")
    place = new_place_of(viewer_of(request), slug, int(source), int(number) if number else None)
    return redirect(place, permanent=True)
