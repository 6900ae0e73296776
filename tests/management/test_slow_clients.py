"""Clients that mean no good, or have a bad line: a served site goes on answering the others, and does not swell."""

import os
import select
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests.servers import Server

MANY = 200
HEAD = "Host: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
SENDING = f"POST /preferences/ HTTP/1.1\r\n{HEAD}Content-Length: 5000\r\n\r\nsize="
READING = "GET /cities/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

Connect = Callable[[str], socket.socket]


@contextmanager
def lines_to(port: int) -> Iterator[Connect]:
    """Give a function that opens a line and says something on it; none is closed, or read, before the end."""
    with ExitStack() as lines:

        def connect(text: str) -> socket.socket:
            line = lines.enter_context(socket.socket())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
            line.settimeout(10)
            line.connect(("127.0.0.1", port))
            line.sendall(text.encode())
            return line

        yield connect


def megabytes(main: int) -> float:
    """Return what the one worker holds."""
    children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
    pages = max(int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in children)
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@pytest.fixture
def site(transactional_db: None) -> Iterator[Server]:
    server = Server()
    try:
        server.wait()
        yield server
    finally:
        server.end()


def test_slow_clients_and_crawlers_hold_up_nobody(site: Server) -> None:
    def status_of(path: str) -> int:
        return site.ask(path)[0].status

    assert status_of("/cities/") == 200

    with lines_to(site.port) as connect:  # heads that never end
        for _line in range(MANY):
            connect("GET / HTTP/1.1\r\nX-Slow: ")
        assert status_of("/cities/") == 200

    with lines_to(site.port) as connect:  # bodies that never end: three more than there are threads to wait for them
        lines = [connect(SENDING) for _line in range(settings.SERVER_THREADS - 1 + 3)]
        refused: list[socket.socket] = []
        while len(refused) < 3:
            answered, _, _ = select.select([one for one in lines if one not in refused], [], [], 10)
            assert answered, "nobody is told to come again"
            refused += answered
        assert [line.recv(12) for line in refused] == [b"HTTP/1.1 503"] * 3
        assert status_of("/cities/") == 200
        assert status_of("/healthz") == 200

    with lines_to(site.port) as connect:  # answers that nobody fetches
        for _line in range(MANY):
            connect(READING)
        assert status_of("/cities/") == 200

    before = megabytes(site.process.pid)
    for number in range(100):  # addresses that there are not, absurd ones, and pages that nobody asks for twice
        assert status_of(f"/t/{10**9 + number}/") == 404
        assert status_of(f"/cities/?q={'y' * 7_000}{number}") in (200, 400, 414)
        assert status_of(f"/cities/?page={number}") in (200, 404)
    assert megabytes(site.process.pid) - before < 30
