"""The front of the site: answers visitors before Django does, with pages that are known to hold still."""

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import blake2b
from typing import Any, Final

from django.core.cache.backends.base import BaseCache
from django.db import Error
from django.http import HttpResponse

from accounts.limits import address_in
from accounts.outages import outage
from forum.caching.ahead import is_ahead, stamped
from forum.caching.coding import from_zstd_to_brotli
from forum.caching.generations import generation
from forum.caching.keeping import Kept, kept_of
from forum.caching.readers import Reader, Readers
from forum.caching.shared import SharedShelf, may_be_kept, name_of
from forum.caching.shelf import LONGEST_HOLD, Page, Shelf
from forum.caching.visits import visits

type Environ = dict[str, Any]
type Start = Callable[..., Any]
type Key = tuple[Reader, str, str, str]  # who asks; script, path and query of the address
type Application = Callable[[Environ, Start], Iterable[bytes]]

LONGEST_ADDRESS: Final = 600  # characters; a longer one is not kept
OK, UNCHANGED = "200 OK", "304 Not Modified"
# Of what a page's headers say, that which an answer without the page says too (RFC 9110, section 15.4.5).
_SAID_UNCHANGED: Final = {"cache-control", "content-language", "content-location", "date", "etag", "expires", "vary"}
# What others add to the links they share, to see who follows them: no page of ours is another for it.
_TRAILS: Final = re.compile(r"(?:^|&)(?:utm_\w+|fbclid|gclid|msclkid|igshid|mc_cid|mc_eid)=[^&]*", re.ASCII)


class Front:
    """A WSGI application around that of Django.

    It keeps what leaves Django by the outermost door, headers and all, of views that say so (keeping.py), and hands it
    out again as long as the generation of what the page shows is the same; that is asked each time.
    """

    def __init__(self, site: Application, *, room: int, shared: BaseCache | None = None) -> None:
        self.site, self.readers = site, Readers()
        self.shelf: Shelf[Page] = Shelf(room)
        self.shared = SharedShelf(shared) if shared is not None else None

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Answer a request, as PEP 3333 has it."""
        if "HTTP_SEC_PURPOSE" in environ and is_ahead(environ):
            start_response = stamped(start_response)
        reader = self.readers.reader_of(environ)
        if reader is None or outage.is_on:
            return self.site(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        if "id=" in query or "utm_" in query:
            query = environ["QUERY_STRING"] = _TRAILS.sub("", query).removeprefix("&")
        key = (reader, environ.get("SCRIPT_NAME", ""), environ["PATH_INFO"], query)
        page = self.shelf.get(key)
        try:
            if page is not None and holds(page):
                return self._show(key, page, environ, start_response)
            if self.shared and may_be_kept(key[2], query):
                return self._share(key, environ, start_response)
        except Error as error:  # of the database; Django says so to the visitor, if it meets it too
            outage.notice(error)
        return self._fetch(key, environ, start_response)[1]

    def _show(self, key: Key, page: Page, environ: Environ, start_response: Start) -> Iterable[bytes]:
        if page.thread and environ["REQUEST_METHOD"] == "GET" and not is_ahead(environ):
            visits.note(page.thread, address_in(environ))
        if page.is_quick and not is_known(environ.get("HTTP_IF_NONE_MATCH", ""), page.etag):
            page = _in_fewer_bytes(page)
            self.shelf.put(key, page)
        return _hand_out(page, environ, start_response)

    def _share(self, key: Key, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Take the page from the shelf of all processes, or make it for all of them."""
        assert self.shared
        name = name_of(key)
        page = self.shared.find(name)
        if page is None or not holds(page):
            page = self.shared.wait(name)
        if page is not None and holds(page):
            self.shelf.put(key, page)
            return self._show(key, page, environ, start_response)
        made = None
        try:
            made, parts = self._fetch(key, environ, start_response)
        finally:
            self.shared.put(name, made)
        return parts

    def _fetch(self, key: Key, environ: Environ, start_response: Start) -> tuple[Page | None, Iterable[bytes]]:
        """Have Django answer, and keep the answer where it may be; return what is kept, and the answer."""
        begun: list[Any] = []
        is_head = environ["REQUEST_METHOD"] == "HEAD"
        asked = {**environ, "REQUEST_METHOD": "GET"} if is_head else environ
        answer = self.site(asked, lambda *arguments: begun.extend(arguments))
        kept = kept_of(answer)
        if not isinstance(answer, HttpResponse) or kept is None:
            start_response(*begun)
            return None, _closed(answer) if is_head else answer
        page = _page(answer, kept)
        answer.close()
        if sum(map(len, key[1:])) > LONGEST_ADDRESS:
            return None, _hand_out(page, environ, start_response)
        self.shelf.put(key, page)
        return page, _hand_out(page, environ, start_response)


def _closed(answer: Any) -> Iterable[bytes]:
    if hasattr(answer, "close"):
        answer.close()
    return []


def _page(answer: HttpResponse, kept: Kept) -> Page:
    body, is_quick = answer.content, answer.headers.get("Content-Encoding") == "zstd"
    etag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    # A weak mark says that the page is the same, not that its bytes are (RFC 9110, section 8.8.1).
    mark = f"W/{etag}" if is_quick else etag
    headers = {**dict(answer.items()), "ETag": mark, "Content-Length": str(len(body))}
    until = time.time() + LONGEST_HOLD
    if kept.until is not None:
        until = min(until, kept.until.timestamp())
    return Page(tuple(headers.items()), body, etag, kept.scopes, kept.generation, until, kept.thread, is_quick)


def _in_fewer_bytes(page: Page) -> Page:
    """Return a page that was compressed at once as it pays when it is asked for again."""
    body = from_zstd_to_brotli(page.body)
    headers = {**dict(page.headers), "Content-Encoding": "br", "Content-Length": str(len(body))}
    return replace(page, headers=tuple(headers.items()), body=body, is_quick=False)


def holds(page: Page) -> bool:
    """Return whether a page may be shown now. Raises what a database raises that does not answer."""
    return time.time() < page.until and generation(page.scopes) == page.generation


def _hand_out(page: Page, environ: Environ, start_response: Start) -> Iterable[bytes]:
    if is_known(environ.get("HTTP_IF_NONE_MATCH", ""), page.etag):
        start_response(UNCHANGED, [pair for pair in page.headers if pair[0].lower() in _SAID_UNCHANGED])
        return []
    start_response(OK, list(page.headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]


def is_known(asked: str, etag: str) -> bool:
    """Return whether who sends this If-None-Match has the page with that mark; weak marks count (RFC 9110, 13.1.2)."""
    return bool(asked) and (etag in asked or asked.strip() == "*")
