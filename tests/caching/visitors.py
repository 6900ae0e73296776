"""Visitors at the front of the site, as its web server lets them in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import brotli
from django.core.cache.backends.base import BaseCache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory
from zstandard import ZstdDecompressor

from forum.caching.front import Front

ROOM = 4 * 2**20  # bytes


@contextmanager
def connections_kept() -> Iterator[None]:
    """Leave the connection of the test open within, as Django's test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes
    was_kept: bool

    @property
    def text(self) -> str:
        """The page, unpacked."""
        unpacked = {"br": brotli.decompress, "zstd": ZstdDecompressor().decompress}
        return unpacked.get(self.headers.get("Content-Encoding", ""), bytes)(self.body).decode()


class Site:
    """One process of the site: Django behind a front with a shelf of its own; it counts what Django is asked."""

    def __init__(self, *, room: int = ROOM, shared: BaseCache | None = None) -> None:
        self.asked, self.django = 0, WSGIHandler()
        self.front = Front(self._ask, room=room, shared=shared)
        self.bare = Front(self.django, room=0)

    def _ask(self, environ: Any, start_response: Any) -> Any:
        self.asked += 1
        return self.django(environ, start_response)

    def get(self, path: str, verb: str = "GET", environ: dict[str, str] | None = None, **headers: str) -> Answer:
        """Return what a browser without cookies gets; headers by their names, as in COOKIE="size=large".

        `environ` holds what else the web server says.
        """
        return self._send(self.front, verb, path, _sent(headers) | (environ or {}))

    def uncached(self, path: str, **headers: str) -> Answer:
        """Return what the site says without anything kept."""
        return self._send(self.bare, "GET", path, _sent(headers))

    def _send(self, front: Front, verb: str, path: str, sent: dict[str, str]) -> Answer:
        begun: list[Any] = []
        before = self.asked
        environ = RequestFactory().generic(verb, path, **sent).environ
        with connections_kept():
            parts = front(environ, lambda *arguments: begun.extend(arguments))
            body = b"".join(parts)
            if hasattr(parts, "close"):
                parts.close()
        return Answer(int(begun[0][:3]), dict(begun[1]), body, self.asked == before)


def _sent(headers: dict[str, str]) -> dict[str, str]:
    named = {f"HTTP_{name}": value for name, value in headers.items()}
    return {"HTTP_HOST": "testserver", "HTTP_ACCEPT_ENCODING": "br", **named}
