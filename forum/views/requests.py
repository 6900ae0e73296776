"""What views share: who is looking, and how to answer htmx and plain browsers alike."""

import json
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.limits import client_address
from accounts.models import User
from forum.caching.ahead import is_ahead
from forum.permissions.roles import Viewer


def viewer_of(request: HttpRequest) -> Viewer:
    """Return the viewer of this request; their roles are loaded once."""
    viewer = getattr(request, "viewer", None)
    if not isinstance(viewer, Viewer):
        viewer = Viewer.of(request.user, looks=request.method in ("GET", "HEAD"))
        request.viewer = viewer  # type: ignore[attr-defined]
    return viewer


def user_of(request: HttpRequest) -> User:
    """Return the signed-in person; only for views behind `login_required`."""
    assert isinstance(request.user, User)
    return request.user


def reader_of(request: HttpRequest) -> str:
    """Return what stands for who reads, for counting visits: a member, or the address a visitor comes from."""
    user = viewer_of(request).user
    return str(user.pk) if user else client_address(request)


def is_htmx(request: HttpRequest) -> bool:
    """Return whether htmx asked for a fragment (a boosted or restored page is a whole one)."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def is_unseen(request: HttpRequest) -> bool:
    """Return whether nobody will look at the answer: a browser fetches it ahead, or as a picture that a text names."""
    return is_ahead(request.META) or request.headers.get("Sec-Fetch-Dest", "document") not in ("document", "empty")


def in_dialog(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show the `dialog` of a template to htmx, over the page; to a plain browser the template as a page of its own."""
    return render(request, f"{template}#dialog" if is_htmx(request) else template, context, status=status)


def origin_of(request: HttpRequest) -> str:
    """Return what stands before the paths of this site: scheme and host."""
    return f"{request.scheme}://{request.get_host()}"


def safe_next(request: HttpRequest, fallback: str) -> str:
    """Return the address in `next` when it is one of this site, else the fallback."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if target and allowed else fallback


def announce(response: HttpResponse, text: str, **triggers: Any) -> HttpResponse:
    """Have htmx say `text` to a screen reader, and raise further events on the page."""
    response.headers["HX-Trigger"] = json.dumps({"announce": {"text": str(text)}, **triggers})
    return response


def answer(request: HttpRequest, fragment: HttpResponse | None, url: str, text: str, guard: str = "") -> HttpResponse:
    """Answer a write: the fragment to htmx, a redirect with a message to a plain form.

    `guard` is the key under which the browser kept the text of the form; the message lets it go.
    """
    if fragment is not None and is_htmx(request):
        return announce(fragment, text)
    messages.success(request, text, extra_tags=guard)
    if is_htmx(request):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def submission_of(request: HttpRequest) -> UUID:
    """Return the mark of the filled-in form, or a new one when it carries none."""
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid4()


def page_number(request: HttpRequest) -> int:
    """Return the number in `?page=`, 1 when there is none; raise Http404 for anything that is no page."""
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 9 and int(text) > 0):
        raise Http404("No such page")
    return int(text)
