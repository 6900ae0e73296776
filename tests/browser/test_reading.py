"""Reading marks itself as one reads, and what one would rather not read is folded, in Chromium."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.actions.blocks import block_person, fold_words
from forum.actions.posts import add_reply
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.world import World

type Enter = Callable[[Page, User], None]
type Check = Callable[[Page], None]

LONG = "Each plank has a story of its own, and all of them are told. " * 40


@pytest.fixture
def long_thread(world: World) -> str:
    """The address of a thread of eight long posts."""
    for number in range(6):
        add_reply(world.thread, by=(world.cai, world.dan)[number % 2], body=LONG)
    return f"/t/{world.thread.pk}/"


def test_what_was_on_the_screen_is_read_and_the_rest_is_found_again(
    world: World, long_thread: str, desk: Page, open_page: OpenPage, enter: Enter
) -> None:
    enter(desk, world.rita)
    sent: list[str] = []
    desk.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    desk.goto(long_thread)
    expect(desk.locator("#readmark")).to_be_hidden()
    expect(desk.locator(".newline + #p1")).to_be_visible()
    desk.locator("#p4 .actions").scroll_into_view_if_needed()
    expect(desk.locator("#readmark")).to_have_attribute("data-seen", "4")
    assert not sent  # nothing before the end is reached or the page is left
    desk.goto("/cities/")
    phone = open_page(PHONE, has_touch=True, is_mobile=True)
    enter(phone, world.rita)
    phone.goto(f"{long_thread}unread/")
    expect(phone.locator(".newline + #p5")).to_be_visible()
    with phone.expect_response("**/read/") as answer:
        phone.locator("#p8 .actions").scroll_into_view_if_needed()
    assert answer.value.status == 204
    desk.goto(long_thread)
    expect(desk.locator("#posts")).to_be_visible()
    expect(desk.locator(".newline, #readmark, .unread")).to_have_count(0)


def test_without_javascript_a_button_marks(world: World, long_thread: str, no_js: Page, enter: Enter) -> None:
    enter(no_js, world.rita)
    no_js.goto(long_thread)
    no_js.get_by_role("button", name="Mark as read up to here").click()
    expect(no_js.locator(".messages")).to_contain_text("Marked as read.")
    expect(no_js.locator(".newline, #readmark")).to_have_count(0)


@pytest.mark.parametrize(
    ("window", "locale", "scheme"), [(PHONE, "zh-TW", "dark"), (DESK, "en-GB", "light")], ids=["phone", "desk"]
)
def test_what_is_folded_opens_at_a_press_and_fits(
    world: World,
    window: dict[str, int],
    locale: str,
    scheme: str,
    open_page: OpenPage,
    enter: Enter,
    assert_accessible: Check,
    assert_no_sideways: Check,
) -> None:
    block_person(world.coco, by=world.rita)
    fold_words("Bridge", by=world.rita)
    page = open_page(window, locale=locale, color_scheme=scheme)
    enter(page, world.rita)
    for path in (f"/t/{world.thread.pk}/", "/c/stoneferry/b/general/", "/me/blocks/"):
        page.goto(path)
        assert_no_sideways(page)
        assert_accessible(page)
    page.goto(f"/t/{world.thread.pk}/")
    expect(page.locator("#p2 .post__body")).to_be_hidden()
    page.locator("#p2 summary").first.click()
    expect(page.locator("#p2 .post__body")).to_be_visible()
