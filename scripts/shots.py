"""Takes pictures of the main pages of a demo site, in each theme, language and window; see build/shots/."""

import os
import re
import shutil
from collections.abc import Iterator
from typing import Any

from demo_site import QUIET, ROOT, chromium, demo_site
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

OUT = ROOT / "build" / "shots"
WINDOWS = {"desk": {"width": 1240, "height": 900}, "phone": {"width": 360, "height": 780}}
LANGUAGES = {"zh": "zh-TW", "en": "en-GB"}
THEMES = ("light", "dark", "contrast")
PASSWORD = "cityboards-demo"
# Pages of a visitor and of the mayor; what stands in braces is found on the site (see `places`).
VISITOR = {
    "home": "/",
    "directory": "/cities/",
    "city": "{city}",
    "citizens": "{city}citizens/",
    "log": "{city}log/",
    "board": "{board}",
    "thread": "{thread}",
    "thread-end": "{thread}?page=2",
    "reading": "{thread}focus/",
    "history": "{edited}",
    "recommenders": "{post}recommenders/",
    "print": "{post}print/",
    "digest": "{digest}",
    "search": "/search/?q=%E6%A9%8B",
    "sign-in": "/accounts/login/",
    "sign-up": "/accounts/signup/",
    "missing": "/nowhere/",
}
MAYOR = {
    "me": "/me/",
    "preferences": "/me/settings/",
    "notifications": "/me/notifications/",
    "queue": "{city}hall/",
    "thread-mayor": "{thread}",
    "compose": "{board}threads/new/",
    "hide": "{post}hide/",
    "found": "/cities/new/",
}


def places(page: Page) -> dict[str, str]:
    """Return the addresses of a city, a board, its longest thread, a post, a history and a digest; "" for none."""
    found: dict[str, str] = {}
    for name, start, pattern in (
        ("city", "/cities/", r"^/c/[^/]+/$"),
        ("board", "{city}", r"^/c/[^/]+/b/[^/]+/$"),
        ("thread", "{board}", r"^/t/\d+/$"),
        ("post", "{thread}", r"^/p/\d+/"),
        ("edited", "{thread}", r"^/p/\d+/history/$"),
        ("person", "{thread}", r"^/u/[^/]+/$"),
        ("digest", "{person}", r"^/u/[^/]+/digests/[^/]+/$"),
    ):
        page.goto(start.format(**found))
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        fitting = [match[0] for link in links if (match := re.match(pattern, link))]
        found[name] = next(iter(fitting), "")
    return found


def sign_in(page: Page, name: str) -> None:
    """Sign in through the form, as a person would."""
    page.goto("/accounts/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/me/**")


def contexts(browser: Browser, site: str) -> Iterator[tuple[str, BrowserContext]]:
    """Give a window in each size and language, with the end of its pictures' names."""
    for window, viewport in WINDOWS.items():
        for language, locale in LANGUAGES.items():
            context = browser.new_context(base_url=site, viewport=viewport, locale=locale, reduced_motion="reduce")  # type: ignore[arg-type]
            yield f"{language}-{window}", context
            context.close()


def shoot(page: Page, name: str, suffix: str) -> None:
    """Take a picture of the page that is open in each theme: whole at a desk, what is in sight on a phone."""
    for theme in THEMES:
        page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        options: dict[str, Any] = {"full_page": suffix.endswith("desk"), "animations": "disabled"}
        page.screenshot(path=OUT / f"{name}-{theme}-{suffix}.png", **options)


def shoot_all(context: BrowserContext, site: str, suffix: str) -> None:
    """Take the pictures of one window: of a visitor, of vertical lines, of the mayor."""
    page = context.new_page()
    found = places(page)
    for pages, name in ((VISITOR, ""), (MAYOR, "mayor")):
        if name:
            sign_in(page, name)
        for title, path in pages.items():
            address = path.format(**found)
            if address.startswith("/"):  # a site without a digest has no picture of one
                page.goto(address)
                shoot(page, title, suffix)
        if not name:
            context.add_cookies([{"name": "writing", "value": "vertical", "url": site}])
            page.goto(f"{found['thread']}focus/")
            shoot(page, "vertical", suffix)


def main() -> None:
    """Take all pictures, or those of the windows that SHOTS names (SHOTS=zh-phone)."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    with demo_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        for suffix, context in contexts(browser, site):
            if suffix in os.environ.get("SHOTS", suffix):
                shoot_all(context, site, suffix)
        browser.close()
    print(f"{len(list(OUT.iterdir()))} pictures in {OUT.relative_to(ROOT)}/")


if __name__ == "__main__":
    main()
