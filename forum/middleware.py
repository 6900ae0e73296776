"""Middleware of the forum: headers that Django does not set, and a page where it answers with nothing."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.urls import get_callable
from django.utils.translation import gettext as _

from accounts.models import User
from forum.actions.closing import asked_at, stay

type Answer = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class Compression(GZipMiddleware):
    """Compresses pages; pictures are compressed as they are, and trying again would only cost time."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return the response, compressed unless it is a picture."""
        if response.headers.get("Content-Type", "").startswith("image/"):
            return response
        return super().process_response(request, response)


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


def coming_back(get_response: Answer) -> Answer:
    """Keep the account of who signs in before it is closed; end a session from before they asked for that."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        person = request.user
        if isinstance(person, User) and (asked := asked_at(person)):
            if person.last_login and person.last_login >= asked:
                stay(person)
                person.farewell, person.closes_at = "", None
                messages.success(request, _("Welcome back. Your account stays open."))
            else:
                logout(request)
        return get_response(request)

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
