"""A server of the site on the database of the tests, as a process of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

START = 30  # seconds


class Server:
    """One server; whoever asks it is the visitor, or has the cookies given."""

    def __init__(self, database: str = "") -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        command = [sys.executable, "-m", "forum.management.server", "--host", "127.0.0.1", "--workers", "1"]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_AS_SERVED": "1"}
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
