"""Middleware of the forum: headers that Django does not set, and a page where it answers with nothing."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.urls import get_callable

type Answer = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


def headers(get_response: Answer) -> Answer:
    """Add Permissions-Policy; vary by HX-Request; keep pages out of shared caches."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            vary = response.headers.get("Vary", "")
            if "HX-Request" not in vary:
                response.headers["Vary"] = f"{vary}, HX-Request" if vary else "HX-Request"
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return middleware


def addresses_of_text(get_response: Answer) -> Answer:
    """Refuse an address with a NUL in it: nobody types one, and PostgreSQL takes none."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return get_response(request)

    return middleware


def pages_for_refused_methods(get_response: Answer) -> Answer:
    """Show a page of ours, with ways on, to who opens an address that only takes forms."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            page: HttpResponseBase = get_callable(settings.NOT_ALLOWED_VIEW)(request, response.headers["Allow"])
            return page
        return response

    return middleware
