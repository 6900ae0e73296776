"""The hall of the site's moderators, and the administration under our policy of content, in Chromium."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.actions.categories import create_category, move_category
from forum.actions.notices import post_notice
from forum.actions.reports import file_report
from forum.actions.sanctions import impose_sanction
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.world import World, make_person

type Enter = Callable[[Page, User], None]
type Check = Callable[[Page], None]
ROOMS = ("", "people/", "people/rita/", "cities/", "cities/stoneferry/", "notices/", "categories/", "sanctions/")
STORED = ("", "forum/event/", "forum/thread/1/change/", "accounts/user/", "accounts/user/1/change/", "auth/group/add/")


@pytest.fixture
def busy(world: World) -> World:
    """The world, with something in every room of the hall."""
    file_report(by=world.rita, reason="other", words="An advertisement.", city=world.hilltop)
    impose_sanction(None, by=world.ada, person=world.rita, kind="suspension", reason="spam", words="Again.")
    post_notice(None, by=world.ada, title="The site rests 停機", body="On *Sunday*.")
    return world


@pytest.mark.parametrize(
    ("window", "locale", "scheme"), [(PHONE, "zh-TW", "dark"), (DESK, "en-GB", "light")], ids=["phone", "desk"]
)
def test_every_room_fits_and_can_be_read_by_everybody(
    busy: World,
    window: dict[str, int],
    locale: str,
    scheme: str,
    open_page: OpenPage,
    enter: Enter,
    assert_accessible: Check,
    assert_no_sideways: Check,
) -> None:
    page = open_page(window, locale=locale, color_scheme=scheme)
    enter(page, busy.ada)
    for address in (*(f"/moderation/{room}" for room in ROOMS), "/log/", "/notices/"):
        answer = page.goto(address)
        assert (answer.status if answer else 0) == 200, address
        assert_no_sideways(page)
        assert_accessible(page)


def test_a_category_moves_in_place_and_keeps_the_focus(busy: World, desk: Page, enter: Enter) -> None:
    poetry = create_category(by=busy.ada, name_zh="詩", name_en="Verses", parent=busy.category.parent)
    create_category(by=busy.ada, name_zh="散文", name_en="Prose", parent=busy.category.parent)
    move_category(poetry, by=busy.ada, step=1)
    enter(desk, busy.ada)
    desk.goto("/moderation/categories/")
    desk.evaluate("window.stayed = true")
    desk.locator(f"#up-{poetry.pk}").click()
    expect(desk.locator("#announcer")).to_contain_text("has a new place.")
    assert desk.evaluate("document.activeElement.id") == f"up-{poetry.pk}"
    assert desk.evaluate("window.stayed")


def test_the_administration_keeps_our_policy_of_content(busy: World, desk: Page, enter: Enter) -> None:
    enter(desk, make_person("root", is_staff=True, is_superuser=True))
    for room in STORED:
        room = room.replace("thread/1/", f"thread/{busy.thread.pk}/").replace("user/1/", f"user/{busy.rita.pk}/")
        answer = desk.goto(f"/admin/{room}")  # complaints about scripts and styles fail the test
        assert (answer.status if answer else 0) == 200, room
    desk.goto(f"/admin/accounts/user/{busy.rita.pk}/change/")
    desk.get_by_label("Site moderator").check()
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("changed successfully")
    desk.goto("/log/")
    expect(desk.locator(".log")).to_contain_text("a moderator of the site")
