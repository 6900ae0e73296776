"""Who asks, as far as it changes a visitor's page: language, look, coding, and the address they came to."""

from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest
from django.http.request import split_domain_port
from django.utils.translation import get_language_from_request

from accounts.preferences import Look, look_of
from forum.caching.coding import coding_of
from forum.caching.keeping import TOLD_APART, is_like_others

REMEMBERED: Final = 2_000  # ways to ask, of which a browser has one
LONGEST: Final = 2_000  # characters of the headers together; more is not worth remembering


class Reader(NamedTuple):
    """What of a visitor shows in their page; two visitors of whom this is the same get the same bytes."""

    origin: str
    language: str
    look: Look
    coding: str


class Readers:
    """Knows readers by their headers. What Django would make of these, Django is asked, once for each way to ask."""

    def __init__(self) -> None:
        self._reader = lru_cache(REMEMBERED)(_reader)

    def reader_of(self, environ: Mapping[str, Any]) -> Reader | None:
        """Return the reader of a request; None when it is not that of a visitor like the others."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or any(header in environ for header in TOLD_APART):
            return None
        if environ.get("CONTENT_TYPE"):  # its charset decides how Django reads the query
            return None
        asked = (
            environ["wsgi.url_scheme"],
            environ.get("HTTP_X_FORWARDED_PROTO", ""),
            environ.get("HTTP_HOST", ""),
            environ.get("SERVER_PORT", ""),
            environ.get("HTTP_COOKIE", ""),
            environ.get("HTTP_ACCEPT_LANGUAGE", ""),
            environ.get("HTTP_ACCEPT_ENCODING", ""),
        )
        return self._reader(*asked) if sum(map(len, asked)) <= LONGEST else None


def _is_ours(host: str, port: str) -> bool:
    """Return whether this is how the site is reached: anybody may write another port, or another case of letters."""
    _domain, given = split_domain_port(host)
    return host == host.lower() and (given in ("", port) or host == urlsplit(settings.SITE_ADDRESS).netloc)


def _reader(
    scheme: str, forwarded: str, host: str, port: str, cookie: str, languages: str, codings: str
) -> Reader | None:
    meta = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/",
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": scheme,
        "HTTP_HOST": host,
        "HTTP_COOKIE": cookie,
        "HTTP_ACCEPT_LANGUAGE": languages,
    }
    if forwarded:
        meta["HTTP_X_FORWARDED_PROTO"] = forwarded
    request = WSGIRequest(meta)
    if not _is_ours(host, port) or not host or not is_like_others(meta, request.COOKIES):
        return None
    try:
        origin = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return None
    return Reader(origin, get_language_from_request(request), look_of(request), coding_of(codings))
