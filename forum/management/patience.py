"""What people send is read before the site is asked, so that who sends slowly holds up nobody else."""

from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore, Lock
from typing import IO, Any, Final

LARGEST: Final = 12 * 2**20  # bytes: a picture of 11 MB and what a form says beside it
IN_MEMORY: Final = 256 * 1024  # bytes of one sender; more goes into a file

type Environ = dict[str, Any]
type Start = Callable[..., Any]
type Application = Callable[[Environ, Start], Iterable[bytes]]


class Patience:
    """A WSGI application around the site, for a server with several threads in each process.

    One thread at a time is in the site, as if there were no other. The others take in what is sent: the server reads a
    body only when it is asked for, and waits for it. One thread is always left for those who only want to read: when
    all others wait for slow senders, the next sender is told to come again.
    """

    def __init__(self, site: Application, *, threads: int) -> None:
        self._site, self._turn, self._free = site, Lock(), BoundedSemaphore(threads - 1)

    def __call__(self, asked: Environ, start_response: Start) -> Iterable[bytes]:
        """Answer a request, as PEP 3333 has it."""
        length = asked.get("CONTENT_LENGTH", "0")
        if not length.isdecimal() or length == "0":  # what has no length the site does not read
            return self._ask(asked, start_response)
        if int(length) > LARGEST:
            return _refuse("413 Content Too Large", start_response)
        if not self._free.acquire(blocking=False):
            return _refuse("503 Service Unavailable", start_response)
        try:
            body = _taken_in(asked["wsgi.input"], int(length))
        finally:
            self._free.release()
        with body:
            return self._ask({**asked, "wsgi.input": body}, start_response)

    def _ask(self, asked: Environ, start_response: Start) -> Iterable[bytes]:
        with self._turn:
            return self._site(asked, start_response)


def _taken_in(sent: IO[bytes], length: int) -> IO[bytes]:
    body = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - who asked closes it
    while length > 0 and (part := sent.read(min(length, 65_536))):
        body.write(part)
        length -= len(part)
    body.seek(0)
    return body


def _refuse(status: str, start_response: Start) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain"), ("Connection", "close"), ("Retry-After", "30")])
    return [status.encode()]
