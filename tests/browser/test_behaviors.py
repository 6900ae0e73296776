"""The behaviours that belong to no page: menus, kept text, one submission, look."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.models import Post
from tests.browser.conftest import PHONE, OpenPage
from tests.world import World

type Enter = Callable[[Page, User], None]


@pytest.fixture
def writing(world: World, desk: Page, enter: Enter) -> Page:
    """Coco before the reply form at the foot of the thread."""
    enter(desk, world.coco)
    desk.goto(f"/t/{world.thread.pk}/")
    return desk


def test_menu_closes_by_escape_and_by_a_click_elsewhere(writing: Page) -> None:
    menu, summary = (
        writing.locator(".sitehead .menu", has=writing.locator(".sitehead__who")),
        writing.locator(".sitehead__who"),
    )
    summary.click()
    expect(menu.get_by_role("link", name="Settings")).to_be_visible()
    writing.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Settings")).not_to_be_visible()
    expect(summary).to_be_focused()
    summary.click()
    writing.locator("h1").click()
    expect(menu.get_by_role("link", name="Settings")).not_to_be_visible()


def test_text_comes_back_after_the_page_was_left(world: World, writing: Page) -> None:
    writing.locator("#reply textarea").fill("寫到一半。")
    writing.wait_for_function("() => Object.values(sessionStorage).some((kept) => kept.includes('寫到一半'))")
    writing.goto("/cities/")
    writing.goto(f"/t/{world.thread.pk}/")
    expect(writing.locator("#reply textarea")).to_have_value("寫到一半。")


def test_kept_text_is_gone_once_it_was_sent(world: World, writing: Page) -> None:
    writing.locator("#reply textarea").fill("寫完了。")
    writing.locator("#reply .button--first").click()
    expect(writing.locator("#p3")).to_be_visible()
    writing.reload()
    expect(writing.locator("#reply textarea")).to_have_value("")
    assert writing.evaluate("sessionStorage.length") == 0


def test_two_presses_send_one_reply(world: World, writing: Page) -> None:
    writing.locator("#reply textarea").fill("只說一次。")
    writing.locator("#reply .button--first").dblclick()
    expect(writing.locator("#p3")).to_be_visible()
    expect(writing.locator("#reply .button--first")).not_to_have_attribute("aria-busy", "true")
    assert Post.objects.filter(thread=world.thread).count() == 3


def test_theme_changes_at_once_and_stays(world: World, writing: Page) -> None:
    with writing.expect_response("**/preferences/"):
        writing.locator(".sitefoot").get_by_role("button", name="Dark").click()
    expect(writing.locator("html")).to_have_attribute("data-theme", "dark")
    writing.reload()
    expect(writing.locator("html")).to_have_attribute("data-theme", "dark")


def test_high_contrast_is_chosen_or_comes_with_the_device(desk: Page, world: World) -> None:
    ink = "() => getComputedStyle(document.body).color"
    desk.goto("/cities/")
    quiet = desk.evaluate(ink)
    desk.emulate_media(contrast="more")
    black = desk.evaluate(ink)
    assert black != quiet
    desk.emulate_media(contrast="no-preference")
    desk.locator(".sitefoot [name=theme][value=contrast]").click()
    expect(desk.locator("html")).to_have_attribute("data-theme", "contrast")
    assert desk.evaluate(ink) == black


@pytest.mark.parametrize("size", ["small", "medium", "large", "xlarge"])
def test_nothing_sticks_out_of_a_phone_at_any_text_size(
    size: str, world: World, open_page: OpenPage, enter: Enter, assert_no_sideways: Callable[[Page], None]
) -> None:
    world.coco.text_size = size
    world.coco.save()
    page = open_page(PHONE, has_touch=True, is_mobile=True)
    enter(page, world.coco)
    for path in ("/", "/cities/", "/c/stoneferry/", f"/t/{world.thread.pk}/", "/me/settings/"):
        page.goto(path)
        assert_no_sideways(page)
