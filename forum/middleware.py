"""Middleware of the forum: headers that Django does not set, and a page where it answers with nothing."""

import secrets
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.urls import get_callable, get_resolver, reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.outages import outage
from forum.actions.closing import asked_at, stay
from forum.caching.coding import brotli_of, coding_at_once, coding_of, compressed, takes_gzip, zstd_of
from forum.caching.keeping import kept_of

type Answer = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"

COMPRESSED: Final = {"application/pdf", "application/epub+zip", "application/zip", "application/zstd"}
SHORT: Final = 200  # bytes; less is not worth it


class Compression(GZipMiddleware):
    """Compresses pages, by zstd or Brotli where browsers take it; what is compressed by its nature is left alone."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return the response, compressed; with a random length, as Django does, against guessing by size (BREACH)."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if (kind.startswith("image/") and kind != "image/svg+xml") or kind in COMPRESSED:
            return response
        is_same_for_all = kept_of(response) is not None
        accepted = request.headers.get("Accept-Encoding", "")
        coding = coding_of(accepted) if is_same_for_all else coding_at_once(accepted)
        by_us = (coding != "gzip" or is_same_for_all) and isinstance(response, HttpResponse)
        if response.has_header("Content-Encoding") or (not by_us and takes_gzip(accepted)):
            return super().process_response(request, response)
        if not isinstance(response, HttpResponse):
            patch_vary_headers(response, ("Accept-Encoding",))
            return response
        if len(response.content) < SHORT:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if not coding:
            return response
        if is_same_for_all:  # it holds no token and nothing of anybody's, so its length gives nothing away
            response.content = compressed(response.content, coding)
        else:
            padding = 1 + secrets.randbelow(self.max_random_bytes)
            response.content = (zstd_of if coding == "zstd" else brotli_of)(response.content, padding=padding)
        response.headers["Content-Length"] = str(len(response.content))
        response.headers["Content-Encoding"] = coding
        if response.headers.get("ETag", "").startswith('"'):
            response.headers["ETag"] = f"W/{response.headers['ETag']}"
        return response


def headers(get_response: Answer) -> Answer:
    """Add Permissions-Policy; vary by HX-Request; keep pages out of shared caches, but not every visitor's."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            vary = response.headers.get("Vary", "")
            if "HX-Request" not in vary:
                response.headers["Vary"] = f"{vary}, HX-Request" if vary else "HX-Request"
            response.headers.setdefault("Cache-Control", "private, no-cache")
            if hasattr(response, "kept") and kept_of(response) is None:  # it sets a cookie: it is somebody's own
                response.headers["Cache-Control"] = "private, no-cache"
        return response

    return middleware


def outages(get_response: Answer) -> Answer:
    """Say at once that the database is away, as long as that is known: nobody waits for it in vain."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if outage.is_on:
            page: HttpResponseBase = get_resolver().resolve_error_handler(500)(request)
            return page
        return get_response(request)

    return middleware


def leaving(get_response: Answer) -> Answer:
    """Have the browser forget what it kept for who was signed in and is no longer: offline copies, unsent texts.

    Signing out is left alone: its forms throw these away (guard.js), and leave what belongs to the device.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        was_here = request.user.is_authenticated
        response = get_response(request)
        if was_here and not request.user.is_authenticated and request.path != reverse("account_logout"):
            response.headers["Clear-Site-Data"] = '"storage"'
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
