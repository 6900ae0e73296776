"""The lines of one's own digest as buttons move them: which way, and the list as it stands then."""

from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from forum.queries.digest_pages import digest_rows
from forum.views.requests import answer, viewer_of


def asked_direction(request: HttpRequest) -> Literal["up", "down"]:
    """Return which way a line shall go. Raises Http404 for any other."""
    directions: tuple[Literal["up", "down"], ...] = ("up", "down")
    for direction in directions:
        if request.POST.get("to") == direction:
            return direction
    raise Http404("No such direction")


def moved_answer(
    request: HttpRequest, digest: Any, *, noun: Literal["entry", "chapter"], pk: int, page: int, text: str
) -> HttpResponse:
    """Show the page of the list to which an entry or a chapter was moved, with the focus on its button; say `text`."""
    context = {"digest": digest, "shown": digest_rows(viewer_of(request), digest, page), "moved": f"{noun[0]}{pk}"}
    fragment = render(request, "digests/edit.html#list", {**context, "step": asked_direction(request)})
    back = f"{reverse('digest_edit', args=[digest.slug])}?page={page}#{noun}-{pk}"
    return answer(request, fragment, back, text)
