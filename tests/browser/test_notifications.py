"""Watching and being told, in Chromium."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.actions.posts import add_reply
from forum.actions.watches import watch_place
from forum.models import Notification, Watch
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.world import World

type Enter = Callable[[Page, User], None]
type Check = Callable[[Page], None]


@pytest.mark.parametrize("path", ["/me/notifications/", "/me/watches/"])
@pytest.mark.parametrize(
    ("window", "locale", "scheme"), [(PHONE, "zh-TW", "light"), (DESK, "en-GB", "dark")], ids=["phone", "desk"]
)
def test_page_fits_and_can_be_read_by_everybody(
    world: World,
    path: str,
    window: dict[str, int],
    locale: str,
    scheme: str,
    open_page: OpenPage,
    enter: Enter,
    assert_accessible: Check,
    assert_no_sideways: Check,
) -> None:
    watch_place(world.stoneferry, by=world.cai, level=Watch.Level.THREADS)
    page = open_page(window, locale=locale, color_scheme=scheme)
    enter(page, world.cai)
    page.goto(path)
    expect(page.locator(".news, .watch-row")).not_to_have_count(0)
    assert_no_sideways(page)
    assert_accessible(page)


def test_watching_changes_the_button_in_place_and_keeps_the_focus(world: World, desk: Page, enter: Enter) -> None:
    enter(desk, world.rita)
    desk.goto("/c/stoneferry/")
    desk.get_by_text("Watch", exact=True).click()
    desk.get_by_role("button", name="Tell me of new threads").click()
    button = desk.locator(".watch summary")
    expect(button).to_have_text("Watching new threads")
    expect(button).to_be_focused()
    assert Watch.objects.get(user=world.rita).level == Watch.Level.THREADS


def test_the_choices_of_a_city_fit_on_a_phone(world: World, phone: Page, enter: Enter) -> None:
    enter(phone, world.rita)
    phone.goto("/c/stoneferry/")
    phone.locator(".watch summary").click()
    box = phone.locator(".watch .menu__list").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]


@pytest.mark.parametrize("scripted", [True, False], ids=["htmx", "plain"])
def test_news_lead_to_the_post_and_can_all_be_marked_read(
    world: World, scripted: bool, open_page: OpenPage, enter: Enter
) -> None:
    page = open_page(DESK, java_script_enabled=scripted)
    post = add_reply(world.thread, by=world.dan, body="Mind the third plank.", to=1)
    enter(page, world.cai)
    page.goto("/me/notifications/")
    expect(page.locator(".news--unread")).to_have_count(1)
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator(".news--unread")).to_have_count(0)
    page.get_by_role("link", name="The bridge 橋").click()
    # A script marks the news that led there as read, and takes its number out of the address.
    news = "" if scripted else r"\?news=\d+"
    expect(page).to_have_url(re.compile(rf"/t/{world.thread.pk}/{news}#p{post.number}$"))
    assert not Notification.objects.filter(user=world.cai, read_at=None).exists()
