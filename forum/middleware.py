"""Middleware of the forum: headers that Django does not set."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

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
