"""Takes pictures of the main pages of a demo site: its own, or the running one that SITE names; see build/shots/."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "shots"
CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome"]
QUIET = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage"]
WINDOWS = {"desk": {"width": 1240, "height": 900}, "phone": {"width": 360, "height": 780}}
PASSWORD = "cityboards-demo"
# Pages of a visitor and of the mayor; {city}, {board}, {thread} and {post} are found on the site.
VISITOR = {
    "home": "/",
    "cities": "/cities/",
    "city": "{city}",
    "citizens": "{city}citizens/",
    "log": "{city}log/",
    "board": "{board}",
    "thread": "{thread}",
    "thread-end": "{thread}?page=2",
    "history": "{post}history/",
    "print": "{post}print/",
    "sign-in": "/accounts/login/",
    "sign-up": "/accounts/signup/",
    "missing": "/nowhere/",
}
MAYOR = {
    "me": "/me/",
    "settings": "/me/settings/",
    "hall": "{city}hall/",
    "thread-mayor": "{thread}",
    "new-thread": "{board}threads/new/",
    "hide": "{post}hide/",
    "found": "/cities/new/",
}


@contextmanager
def demo_site() -> Iterator[str]:
    """Start a demo site in a folder that goes away with it; give its address."""
    if running := os.environ.get("SITE"):
        yield running.rstrip("/")
        return
    with socket.socket() as probe, tempfile.TemporaryDirectory(prefix="cityboards-shots-") as folder:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
        probe.close()
        environment = {**os.environ, "DEVELOPMENT": "1", "VAR_DIR": folder, "PORT": port, "HOST": "127.0.0.1"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "manage.py", "serve"]
        site = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert site.stdout
            if not any("Ctrl-C" in line for line in site.stdout):
                sys.exit("The demo site did not start.")
            yield f"http://127.0.0.1:{port}"
        finally:
            site.send_signal(signal.SIGINT)
            site.wait(timeout=20)


def places(page: Page) -> dict[str, str]:
    """Return the addresses of a city, a board, a thread and a post that are worth a picture."""
    first = {}
    for name, start, pattern in (
        ("city", "/cities/", r"^/c/[^/]+/$"),
        ("board", "{city}", r"^/c/[^/]+/b/[^/]+/$"),
        ("thread", "{board}", r"^/t/\d+/$"),
        ("post", "{thread}", r"^/p/\d+/"),
    ):
        page.goto(start.format(**first))
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        first[name] = next(re.match(r"^/p/\d+/|.*", link)[0] for link in links if re.match(pattern, link))  # type: ignore[index]
    return first


def sign_in(page: Page, name: str) -> None:
    """Sign in through the form, as a person would."""
    page.goto("/accounts/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/me/**")


def shoot(browser: Browser, address: str, pages: dict[str, str], who: str = "", **options: Any) -> None:
    """Take one picture of each page, in both widths."""
    suffix = "".join(f"-{part}" for part in (options.get("color_scheme"), options["locale"][:2]) if part)
    for window, viewport in WINDOWS.items():
        context = browser.new_context(base_url=address, viewport=viewport, **options)
        page = context.new_page()
        found = places(page)
        if who:
            sign_in(page, who)
        for name, path in pages.items():
            page.goto(path.format(**found))
            page.screenshot(path=OUT / f"{name}-{window}{suffix}.png", full_page=window == "desk")
        context.close()


def main() -> None:
    """Take all pictures."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None) or sys.exit("Chromium is missing.")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with demo_site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*QUIET, *sandbox])
        shoot(browser, address, VISITOR, locale="zh-TW")
        shoot(browser, address, VISITOR, locale="en-GB")
        shoot(browser, address, {"thread": "{thread}", "city": "{city}"}, locale="zh-TW", color_scheme="dark")
        shoot(browser, address, MAYOR, who="mayor", locale="zh-TW")
        browser.close()
    print(f"{len(list(OUT.iterdir()))} pictures in {OUT.relative_to(ROOT)}/")


if __name__ == "__main__":
    main()
