"""Two servers of the site on one database: what is written by way of one is on the next page of the other."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

from forum.actions.moderation import hide_post
from forum.models import Post, Thread
from tests.clients import browser
from tests.world import World, build_world

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
START = 30  # seconds


class Server:
    """One server; whoever asks it is the visitor, or has the cookies given."""

    def __init__(self, database: str = "") -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        command = [sys.executable, "-m", "forum.management.server", "--host", "127.0.0.1", "--workers", "1"]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        environment["DATABASE_URL"] = database or _database()
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)], cwd=settings.BASE_DIR, env=environment, start_new_session=True
        )

    def ask(
        self, path: str, cookies: str = "", fields: dict[str, str] | None = None
    ) -> tuple[http.client.HTTPResponse, str]:
        """Return the answer to a GET, or to a POST of the fields."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": cookies} if cookies else {}
        if fields is None:
            asked.request("GET", path, headers=headers)
        else:
            form = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
            asked.request("POST", path, urlencode(fields), form)
        answer = asked.getresponse()
        return answer, answer.read().decode()

    def wait(self) -> None:
        """Wait until it answers."""
        end = time.monotonic() + START
        while time.monotonic() < end:
            try:
                self.ask("/healthz")
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("The server never answered")

    def end(self) -> None:
        """End it whatever it does."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(timeout=15)


def _database() -> str:
    """Return the address of the database of the tests."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


@pytest.fixture
def servers(transactional_db: None) -> Iterator[list[Server]]:
    both = [Server(), Server()]
    try:
        for server in both:
            server.wait()
        yield both
    finally:
        for server in both:
            server.end()


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


def test_what_is_written_at_one_is_read_at_the_other_at_once(world: World, servers: list[Server]) -> None:
    path, board = f"/t/{world.thread.pk}/", "/c/stoneferry/b/general/"
    pages = (path, board, "/c/stoneferry/", "/")
    session = f"sessionid={browser(world.coco).cookies['sessionid'].value}"
    for turn in range(4):
        here, there = servers[turn % 2], servers[1 - turn % 2]
        for server in servers:  # both have every page at hand
            assert {server.ask(page)[0].status for page in pages} == {200}
        marks = {server: server.ask(board)[0].headers["ETag"] for server in servers}
        answer, form = here.ask(path, session)
        token = TOKEN.search(form)
        assert token
        cookie = re.search(r"csrftoken=\w+", answer.headers["Set-Cookie"])
        assert cookie
        words = f"Plank number {turn}."
        fields = {"csrfmiddlewaretoken": token[1], "body": words}
        written, _page = here.ask(f"{path}replies/", f"{session}; {cookie[0]}", fields)
        assert written.status == 302
        for server in (there, here):
            assert words in server.ask(path)[1]
            assert server.ask(board)[0].headers["ETag"] != marks[server]
    hide_post(Post.objects.get(thread=world.thread, number=3), by=world.mei, reason="a test")  # by neither of them
    for server in servers:
        assert "Plank number 0." not in server.ask(path)[1]
    for server in servers:  # what visitors read is counted when a process ends, at the latest
        server.stop()
    assert Thread.objects.get(pk=world.thread.pk).views_count >= 2
