"""Searching in Chromium: suggestions by keys and by Chinese input, filters without JavaScript, titles alike."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.actions.searches import remember_search, save_search
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.world import World

type Enter = Callable[[Page, User], None]
type Check = Callable[[Page], None]
PAGES = {
    "empty": "/search/",
    "found": "/search/?q=bridge+OR+橋",
    "nothing": '/search/?q="no+such+thing"+before:soon+author:nobody',
    "wrong field": "/search/?filters=1&f-recommended=-1",
    "in a city": "/c/stoneferry/search/?q=橋&order=date",
    "mine": "/me/searches/",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
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
    save_search("bridge", by=world.coco, scope="city:stoneferry", name="Bridges 橋")
    remember_search("a long query that somebody typed in a hurry 很長的一個問句沒有空白", by=world.coco)
    page = open_page(window, locale=locale, color_scheme=scheme)
    enter(page, world.coco)
    answer = page.goto(path)
    assert answer
    assert answer.status == (422 if "filters=1" in path else 200)
    assert_no_sideways(page)
    assert_accessible(page)


def test_suggestions_open_while_typing_and_are_led_through_by_keys(
    world: World, desk: Page, assert_accessible: Check
) -> None:
    desk.goto("/")
    box = desk.get_by_role("combobox", name="Search all cities")
    box.press_sequentially("brid")
    option = desk.get_by_role("option", name="The bridge")
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    assert_accessible(desk)
    box.press("Escape")
    expect(option).not_to_be_visible()
    expect(box).to_have_value("brid")
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "head-q-offers-0")
    box.press("ArrowUp")
    expect(option).to_have_attribute("aria-selected", "false")
    box.press("ArrowDown")
    box.press("Enter")
    desk.wait_for_url(f"**/t/{world.thread.pk}/")


def test_enter_searches_when_nothing_is_chosen(world: World, desk: Page) -> None:
    desk.goto("/c/stoneferry/")
    box = desk.get_by_role("combobox", name="Search 石渡")
    box.press_sequentially("橋")
    expect(desk.get_by_role("option", name="The bridge")).to_be_visible()
    box.press("Enter")
    desk.wait_for_url("**/c/stoneferry/search/?q=*")
    expect(desk.locator(".found mark").first).to_have_text("橋")


def test_a_click_leads_to_what_is_offered_and_leaving_closes(world: World, desk: Page) -> None:
    desk.goto("/")
    box = desk.get_by_role("combobox", name="Search all cities")
    box.press_sequentially("hill")
    expect(desk.get_by_role("option", name="Hilltop")).to_be_visible()
    desk.get_by_role("link", name="Cities", exact=True).first.focus()
    expect(desk.get_by_role("option", name="Hilltop")).not_to_be_visible()
    box.press("End")
    box.press("Backspace")
    desk.get_by_role("option", name="Hilltop").click()
    desk.wait_for_url("**/c/hilltop/")


def test_nothing_is_asked_while_a_character_is_composed(world: World, desk: Page) -> None:
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url) if "/search/offers/" in request.url else None)
    desk.goto("/")
    box = desk.get_by_role("combobox", name="Search all cities")
    box.focus()
    session = desk.context.new_cdp_session(desk)
    for text in ("ㄑ", "ㄑㄧ", "ㄑㄧㄠ"):
        session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    desk.evaluate("() => new Promise((done) => setTimeout(done, 400))")
    assert asked == []
    session.send("Input.insertText", {"text": "橋"})
    expect(desk.get_by_role("option", name="The bridge")).to_be_visible()
    expect(box).to_have_value("橋")
    assert len(asked) == 1


def test_a_phone_has_a_link_to_the_page_of_searches(world: World, phone: Page) -> None:
    phone.goto("/")
    expect(phone.locator("#head-q")).not_to_be_visible()
    phone.get_by_role("link", name="Search", exact=True).click()
    phone.wait_for_url("**/search/")
    box = phone.get_by_role("combobox", name="What to look for")
    box.press_sequentially("橋")
    phone.get_by_role("option", name="The bridge").tap()
    phone.wait_for_url(f"**/t/{world.thread.pk}/")


def test_everything_is_found_without_javascript(world: World, no_js: Page) -> None:
    no_js.goto("/c/stoneferry/")
    no_js.locator("#head-q").fill("bridge")
    no_js.locator("#head-q").press("Enter")
    expect(no_js.locator(".found__count")).to_have_text("1 post found")
    no_js.locator("summary", has_text="Filters").click()
    no_js.get_by_label("Author").fill("coco")
    no_js.get_by_label("From this day").fill("2020-01-01")
    no_js.get_by_role("button", name="Search with these filters").click()
    expect(no_js.locator("#q")).to_have_value("bridge author:coco after:2020-01-01")
    expect(no_js.locator(".found__count")).to_have_text("No post was found.")
    no_js.get_by_role("link", name="Without the filters").click()
    expect(no_js.locator(".found")).to_have_count(1)
    no_js.get_by_role("link", name="Newest").click()
    expect(no_js.locator("#q")).to_have_value("bridge")
    expect(no_js.locator(".found")).to_have_count(1)


def test_threads_alike_stand_below_the_title(world: World, desk: Page, enter: Enter, assert_accessible: Check) -> None:
    enter(desk, world.coco)
    desk.goto("/c/stoneferry/b/general/threads/new/")
    desk.get_by_label("Title", exact=True).press_sequentially("The old bridge")
    alike = desk.locator(".field .similar")
    expect(alike.get_by_role("link", name="The bridge")).to_be_visible()
    assert_accessible(desk)
    desk.get_by_label("Title", exact=True).fill("")
    expect(alike).to_be_empty()


def test_a_search_is_saved_and_deleted_over_the_page(world: World, desk: Page, enter: Enter) -> None:
    enter(desk, world.coco)
    desk.goto("/search/?q=bridge")
    desk.get_by_label("Name").fill("Bridges")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.wait_for_url("**/me/searches/")
    desk.get_by_role("link", name="Delete").click()
    expect(desk.locator("#overlay")).to_contain_text("Bridges")
    desk.locator("#overlay").get_by_role("button", name="Delete it").click()
    expect(desk.locator(".messages")).to_contain_text("deleted")
