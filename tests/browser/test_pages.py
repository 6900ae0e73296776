"""Every main page in Chromium says the same with and without JavaScript; test_everybody.py looks at them closer."""

from playwright.sync_api import Page

from tests.world import World

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


def test_each_page_has_its_words_without_javascript(world: World, desk: Page, no_js: Page) -> None:
    for name, address in PAGES.items():
        words = []
        for page in (desk, no_js):
            page.goto(address.format(thread=world.thread.pk, post=world.opener.pk))
            words.append(page.locator("main").inner_text().split())
        with_scripts, without = words
        assert with_scripts
        # Each of the two visits counts as a view; and browsers use passkeys, and keep pages, by scripts only.
        few = {"view", "views", *"0123456789", "with", "a", "passkey"}
        few |= set("Keep for reading offline What is kept".split())
        assert set(with_scripts) - set(without) <= few, name
