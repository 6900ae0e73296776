"""Whose names are offered after @ while somebody writes."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.limits import take, who_asks
from forum.queries.mentions import names_to_offer
from forum.views.requests import viewer_of


@login_required
@require_GET
def names(request: HttpRequest) -> HttpResponse:
    """People for what was typed after @ (`q`), those who wrote in the `thread` first: a fragment for the list."""
    viewer = viewer_of(request)
    # Asked while typing: whoever asks too often gets nothing, and is not disturbed.
    if wait := take("suggesting", who_asks(request), near=True):
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    thread = request.GET.get("thread", "")
    is_id = thread.isascii() and thread.isdigit() and len(thread) < 19
    people = names_to_offer(viewer, request.GET.get("q", ""), thread=int(thread) if is_id else None)
    return render(request, "mentions/_names.html", {"people": people})
