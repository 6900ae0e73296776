"""Middleware of the forum: headers that Django does not set, and a page where it answers with nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from forum.views.errors import not_allowed

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


def pages_for_refused_methods(get_response: Answer) -> Answer:
    """Show a page of ours, with ways on, to who opens an address that only takes forms."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            return not_allowed(request, response.headers["Allow"])
        return response

    return middleware
