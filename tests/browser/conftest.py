"""Chromium: pages of a phone and a desk, with and without JavaScript, that fail a test on any complaint."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, Response
from pytest_django.live_server_helper import LiveServer
from whitenoise.compress import Compressor

from forum.caching.front import Front

# Playwright's loop runs in this thread, and Django would refuse to touch the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# The first opens no windows, and a page with a quarter of the work.
CHROMIUM_NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
PHONE = {"width": 360, "height": 780}
DESK = {"width": 1240, "height": 900}

# Endings of files that are sent as they are: to compress them takes longer than sending them over the loopback.
AS_IT_IS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "css", "js", "svg", "json", "txt", "md")

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that nobody has to remember."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(pytestconfig: pytest.Config) -> dict[str, Any]:
    """Use the system's Chromium, quiet and without the services it would call; with windows for `--headed`."""
    is_headed = bool(pytestconfig.getoption("--headed"))
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES[is_headed:])), None)
    assert path, "Chromium is missing; `make test` installs it or says how."
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": path, "args": [*sandbox, *quiet], "headless": not is_headed}


class Complaints:
    """What a page complained about: errors, broken policies, missing files, strangers asked."""

    def __init__(self, origin: str) -> None:
        self.origin = urlsplit(origin)
        self.lines: list[str] = []
        self.deaf = False

    def watch(self, page: Page) -> None:
        """Listen to all that the page says."""
        page.on("console", self._console)
        page.on("pageerror", self._page_error)
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # An answer such as 422 is meant; what is not meant shows in _response.
        meant = message.text.startswith("Failed to load resource")
        if message.type in {"error", "warning"} and not meant and not self.deaf:
            self.lines.append(f"{message.type}: {message.text}")

    def _page_error(self, error: Error) -> None:
        self.lines.append(f"script: {error}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.netloc != self.origin.netloc:
            self.lines.append(f"asked a stranger: {request.url}")

    def _response(self, response: Response) -> None:
        lost = response.status == 404 and response.request.resource_type not in {"document", "fetch", "xhr"}
        if response.status >= 500 or lost:
            self.lines.append(f"{response.status}: {response.url}")


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """The site, with its files as in production: put together, named by content and kept by the browser."""
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "forum.assets.BundledStaticFilesStorage"}}
    with override_settings(STORAGES=storages, WHITENOISE_SKIP_COMPRESS_EXTENSIONS=AS_IT_IS):
        call_command("collectstatic", verbosity=0, interactive=False)
    with override_settings(STORAGES=storages):  # and so read anew what has been collected
        server = LiveServer("localhost", start=False)
        server.thread.static_handler = lambda site: Front(site, room=0)  # the site's own middleware serves them
        server.start()
        yield server
        server.stop()


@pytest.fixture(autouse=True)
def _forgotten_limits(transactional_db: None) -> Iterator[None]:
    """Forget how often somebody did something: the cache's table is no model, so nothing else empties it."""
    yield
    caches["default"].clear()


@pytest.fixture
def complaints(live_server: Any) -> Iterator[Complaints]:
    """All complaints of the pages that a test opens; any of them fails it."""
    heard = Complaints(live_server.url)
    yield heard
    assert not heard.lines, "\n".join(heard.lines)


@pytest.fixture
def open_page(browser: Browser, live_server: Any, complaints: Complaints) -> Iterator[OpenPage]:
    """Give a function that opens a page: `open_page(PHONE, java_script_enabled=False, locale="zh-TW")`."""
    contexts: list[BrowserContext] = []

    def opened(viewport: dict[str, int] = DESK, **options: Any) -> Page:
        options = {"locale": "en-GB", "reduced_motion": "reduce", **options}
        context = browser.new_context(base_url=live_server.url, viewport=viewport, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        complaints.watch(page)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A page as wide as a small phone."""
    return open_page(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def desk(open_page: OpenPage) -> Page:
    """A page on a desk."""
    return open_page(DESK)


@pytest.fixture
def no_js(open_page: OpenPage) -> Page:
    """A page on a desk, without JavaScript."""
    return open_page(DESK, java_script_enabled=False)


@pytest.fixture
def enter(live_server: Any) -> Callable[[Page, AbstractBaseUser], None]:
    """Give a function that signs a person in on a page without the form: `enter(desk, world.mayor)`."""

    def entered(page: Page, user: AbstractBaseUser) -> None:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])

    return entered


@pytest.fixture
def assert_accessible(complaints: Complaints) -> Callable[[Page], None]:
    """Give a function that fails on any accessibility rule the page breaks."""

    def checked(page: Page) -> None:
        # The checker itself writes inline styles, which the page's policy rightly refuses.
        complaints.deaf = True
        results = Axe().run(page, options={"preload": False})
        page.evaluate("0")  # what it caused to be said has been heard when this has been answered
        complaints.deaf = False
        assert results.violations_count == 0, results.generate_report()

    return checked


@pytest.fixture
def assert_no_sideways() -> Callable[[Page], None]:
    """Give a function that fails when the page scrolls sideways."""

    def checked(page: Page) -> None:
        root = "document.documentElement"
        width, room = page.evaluate(f"[{root}.scrollWidth, {root}.clientWidth]")
        assert width <= room, f"the page is {width} wide in a window of {room}"

    return checked


@pytest.fixture
def key_holder(desk: Page) -> Iterator[Page]:
    """A browser on a device that keeps passkeys and knows its owner."""
    session = desk.context.new_cdp_session(desk)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield desk
    session.detach()
