"""Every main page in Chromium: as wide as a phone and a desk, in both languages, with and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.world import World

Check = Callable[[Page], None]
PAGES = {
    "home": "/",
    "cities": "/cities/",
    "city": "/c/stoneferry/",
    "citizens": "/c/stoneferry/citizens/",
    "log": "/c/stoneferry/log/",
    "board": "/c/stoneferry/b/general/",
    "thread": "/t/{thread}/",
    "history": "/p/{post}/history/",
    "print": "/p/{post}/print/",
    "person": "/u/mei/",
    "sign in": "/accounts/login/",
    "sign up": "/accounts/signup/",
}


@pytest.fixture(params=PAGES.values(), ids=PAGES.keys())
def path(request: pytest.FixtureRequest, world: World) -> str:
    """The address of a main page."""
    return str(request.param).format(thread=world.thread.pk, post=world.opener.pk)


@pytest.mark.parametrize(("window", "locale"), [(PHONE, "zh-TW"), (DESK, "en-GB")], ids=["phone", "desk"])
def test_the_page_fits_and_can_be_read_by_everybody(
    path: str,
    window: dict[str, int],
    locale: str,
    open_page: OpenPage,
    assert_accessible: Check,
    assert_no_sideways: Check,
) -> None:
    page = open_page(window, locale=locale)
    answer = page.goto(path)
    assert answer
    assert answer.status == 200
    assert_no_sideways(page)
    assert_accessible(page)


def test_the_page_has_its_words_without_javascript(path: str, desk: Page, no_js: Page) -> None:
    words = []
    for page in (desk, no_js):
        page.goto(path)
        words.append(page.locator("main").inner_text().split())
    with_scripts, without = words
    assert with_scripts
    # Each of the two visits counts as a view; and browsers use passkeys by scripts only.
    assert set(with_scripts) - set(without) <= {"view", "views", *"0123456789", "with", "a", "passkey"}


def test_the_page_can_be_read_in_the_dark(path: str, open_page: OpenPage, assert_accessible: Check) -> None:
    page = open_page(DESK, color_scheme="dark")
    page.goto(path)
    assert_accessible(page)
