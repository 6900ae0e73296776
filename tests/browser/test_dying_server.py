"""A server that is killed between typing and sending: one more press, exactly one post, nothing lost."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from forum.models import Draft, Post
from tests.world import World

TEXT = "三塊板的橋，寫了一個下午。"


def database_url() -> str:
    """Return the address of the database of the test."""
    place = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{place['NAME']}"
    return f"postgres://{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"


class Server:
    """The site in a process of its own, on the database of the test."""

    def __init__(self, folder: Path) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as probe:
            self.port = probe.getsockname()[1]
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "forum.settings",
            "DEVELOPMENT": "1",
            "DEBUG": "1",
            "SECRET_KEY": settings.SECRET_KEY,
            "DATABASE_URL": database_url(),
            "VAR_DIR": str(folder),
        }

    @property
    def url(self) -> str:
        """The address of the site."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, and wait until it takes a connection."""
        command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{self.port}", "--noreload"]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=self.environment, stdout=quiet, stderr=quiet
        )
        while self.process.poll() is None:
            with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", self.port)):
                return
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.1)
        raise AssertionError("The site did not start")

    def kill(self) -> None:
        """Kill it as a crash would, in the middle of whatever it does."""
        self.process.kill()
        self.process.wait()


@pytest.fixture
def server(transactional_db: None, tmp_path: Path) -> Iterator[Server]:
    """A server that the test may kill and start again."""
    server = Server(tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def coco(browser: Browser, server: Server, world: World) -> Iterator[Page]:
    """Coco's page on that server."""
    context = browser.new_context(base_url=server.url, locale="en-GB")
    client = Client()
    client.force_login(world.coco)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}
    context.add_cookies([cookie])  # type: ignore[list-item]
    yield context.new_page()
    context.close()


def test_a_server_killed_between_typing_and_sending_costs_one_more_press(
    world: World, server: Server, coco: Page
) -> None:
    coco.goto(f"/t/{world.thread.pk}/")
    expect(coco.locator("#reply [data-slot='count']")).to_be_visible()
    coco.locator("#reply textarea").fill(TEXT)
    server.kill()
    send = coco.locator("#reply").get_by_role("button", name="Reply", exact=True)
    send.click()
    expect(coco.locator("#announcer")).to_contain_text("What you wrote is still here")
    expect(coco.locator("#reply textarea")).to_have_value(TEXT)
    server.start()
    send.dblclick()
    expect(coco.locator("#p3")).to_contain_text(TEXT)
    assert Post.objects.filter(thread=world.thread, body=TEXT).count() == 1
    coco.reload()
    expect(coco.locator("#reply textarea")).to_have_value("")
    assert not Draft.objects.exists()
