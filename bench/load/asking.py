"""Asking one after the other: for pages nobody has asked for since a change, and for what wrk does not tell."""

import io
import time
from collections.abc import Callable
from http.client import HTTPConnection
from statistics import median
from urllib.parse import unquote_to_bytes

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.load.wrk import Answered, Request
from forum.models import Thread
from forum.wsgi import application

IDLE = 5  # seconds; the server closes a connection on which nothing was asked for ten


def change(thread: Thread) -> Callable[[], None]:
    """Return what changes the thread each time it is called, by a plain UPDATE: what is kept of its pages is past."""
    numbers = iter(range(time.time_ns() % 10**9, 10**12))

    def change_it() -> None:
        Thread.objects.filter(pk=thread.pk).update(excerpt=f"{thread.excerpt[:200]} {next(numbers)}")

    return change_it


def one_by_one(port: int, request: Request, *, count: int, before: Callable[[], None] = lambda: None) -> Answered:
    """Return what so many requests gave over one connection, `before` done before each and not counted.

    Where that takes long, as a write that waits for another, the connection is opened anew.
    """
    client, spent, size, refused = HTTPConnection("127.0.0.1", port, timeout=30), [], 0, 0
    for number in range(count + 2):
        rested = time.perf_counter()
        before()
        begun = time.perf_counter()
        if begun - rested > IDLE:
            client.close()  # opened again by the next request
        client.request(request.method, request.path, request.body or None, dict(request.headers))
        answer = client.getresponse()
        body = answer.read()
        if number >= 2:  # the first ones load what is loaded once
            spent.append((time.perf_counter() - begun) * 1000)
            size, refused = size + len(body), refused + (answer.status >= 400)
    client.close()
    spent.sort()
    # The rate is that of the usual answer: one that waited for something else should not count twenty times.
    seconds = median(spent) / 1000 * count
    return Answered(count, seconds, size, refused, 0, median(spent), spent[int(count * 0.99)])


def look(port: int, request: Request) -> tuple[int, int, str]:
    """Return status, bytes of the body as it travels, and the validator of an answer."""
    client = HTTPConnection("127.0.0.1", port, timeout=60)
    client.request(request.method, request.path, request.body or None, dict(request.headers))
    answer = client.getresponse()
    body = answer.read()
    client.close()
    return answer.status, len(body), answer.headers.get("ETag", "")


def queries(first: Request, second: Request, before: Callable[[], None] = lambda: None) -> int:
    """Return how many SQL queries the answer to the second request takes, in this process, after the first."""
    _answer(first)
    before()
    with CaptureQueriesContext(connection) as asked:
        _answer(second)
    return sum(not one["sql"].upper().startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for one in asked)


def _answer(request: Request) -> None:
    path, _mark, query = request.path.partition("?")
    body = request.body.encode()
    environ = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": dict(request.headers).get("Content-Type", ""),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
    }
    environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers}
    answer = application(environ, lambda status, headers, problem=None: None)
    for _part in answer:
        pass
    if hasattr(answer, "close"):
        answer.close()
