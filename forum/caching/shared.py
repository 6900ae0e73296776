"""The shelf that all processes share, where the site has a Redis: what one of them made, the others need not make."""

import json
import time
from functools import cache
from hashlib import blake2b
from typing import Any, Final

from django.conf import settings
from django.core.cache.backends.base import BaseCache
from django.http import QueryDict
from django.urls import Resolver404, resolve

from forum.caching.coding import is_quick_body
from forum.caching.scopes import Kind, Scope
from forum.caching.shelf import LONGEST_HOLD, Page

MAKING: Final = 5  # seconds after which whoever makes a page is given up
PATIENCE: Final = 0.3  # seconds that others wait for who makes it, before they make it themselves
BREATH: Final = 0.02
KEY_BITS: Final = 63  # of a number that every database knows
# What a page is written by, besides what is in the database.
WRITTEN_BY: Final = (("forum", "*.py"), ("accounts", "*.py"), ("forum", "*.po"), ("templates", "*"), ("static", "*"))

# And what of it the settings decide, with the headers that it comes with.
CHOSEN: Final = ("TIME_ZONE", "MESSAGES", "OFFLINE_READING", "SECURE_CSP", "SECURE_HSTS_SECONDS")


class SharedShelf:
    """Pages by key in a cache; and who is making one, so that not everybody does at once.

    Within one process nobody has to wait for another: ours have one thread, which does one thing after the other.
    """

    def __init__(self, cache: BaseCache) -> None:
        self.cache = cache

    def find(self, name: str) -> Page | None:
        """Return the page of that name; None when there is none, or what is there is of another version."""
        data = self.cache.get(f"page:{name}")
        return unpacked(data) if isinstance(data, bytes) else None

    def wait(self, name: str) -> Page | None:
        """Return the page that another process is making; None when it is for the caller to make it."""
        if self.cache.add(f"making:{name}", 1, MAKING):
            return None
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            time.sleep(BREATH)
            if not self.cache.has_key(f"making:{name}"):
                return self.find(name)
        return None

    def put(self, name: str, page: Page | None) -> None:
        """Keep the page, if it is one that is kept, and say that it is made."""
        if page is not None:
            self.cache.set(f"page:{name}", packed(page), LONGEST_HOLD)
        self.cache.delete(f"making:{name}")


def packed(page: Page) -> bytes:
    """Return a page as plain bytes: a line that says what it is, then its body."""
    said = (page.headers, page.etag, page.scopes, page.generation, page.until, page.thread, page.is_quick)
    line = json.dumps(said)
    return b"%s\n%s" % (line.encode(), page.body)


def unpacked(data: bytes) -> Page | None:
    """Return the page that was packed; None for anything else."""
    line, _end, body = data.partition(b"\n")
    try:
        headers, etag, scopes, generation, until, thread, is_quick = json.loads(line)
        said = tuple((str(name), str(value)) for name, value in headers)
        places = tuple(Scope(Kind(kind), int(key)) for kind, key in scopes)
        if not places or any(one.key.bit_length() > KEY_BITS for one in places):
            return None
        if is_quick is True and not is_quick_body(body):
            return None
        times = int(generation), float(until)
        return Page(said, body, str(etag), places, *times, int(thread), is_quick is True)
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None


@cache
def version() -> str:
    """Return what stands for the program and the site: pages of another version, or of another site, are not ours."""
    digest = blake2b(settings.SECRET_KEY.encode(), digest_size=20)
    digest.update(repr([getattr(settings, name) for name in CHOSEN]).encode())
    for folder, pattern in WRITTEN_BY:
        for path in sorted((settings.BASE_DIR / folder).rglob(pattern)):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()


def name_of(key: tuple[Any, ...]) -> str:
    """Return the name under which all processes know a page."""
    return blake2b(f"{version()} {key!r}".encode(), digest_size=20).hexdigest()


def may_be_kept(path: str, query: str) -> bool:
    """Return whether the page at an address is one that a view keeps for visitors."""
    try:
        known = getattr(resolve(path).func, "reads", None)
    except Resolver404:
        return False
    return known is not None and known.issuperset(QueryDict(query))
