"""Reading mode in Chromium: vertical lines, the keys, and the place where one was."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from forum.actions.posts import add_reply
from forum.actions.threads import create_thread
from tests.browser.conftest import PHONE, OpenPage
from tests.world import World

type Check = Callable[[Page], None]

LONG = "每一塊木板都有自己的故事，第 3 塊最老，2026 年修過一次，說明書是 PDF。" * 20


@pytest.fixture
def address(world: World) -> str:
    """The address of a long thread in Chinese, with one post in English."""
    thread = create_thread(world.general, by=world.cai, title="橋上的三塊板", body=f"{LONG}\n\n```\ncode\n```")
    for number in range(6):
        add_reply(thread, by=(world.cai, world.dan)[number % 2], body=LONG)
    add_reply(thread, by=world.dan, body="Each plank has a story of its own, and all of them are told. " * 30)
    return f"/t/{thread.pk}/"


def _style(page: Page, selector: str, name: str) -> str:
    return str(page.locator(selector).first.evaluate(f"element => getComputedStyle(element).{name}"))


def test_keys_go_from_post_to_post_and_the_place_is_found_again(desk: Page, address: str) -> None:
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.goto(address)
    assert not [url for url in asked if "steps.js" in url or "focus.css" in url]  # nothing of it loads with a thread
    desk.keyboard.press("j")
    expect(desk.locator("#p1")).to_be_focused()
    desk.keyboard.press("j")
    expect(desk.locator("#p2")).to_be_focused()
    expect(desk.locator("#p2")).to_be_in_viewport()
    desk.keyboard.press("k")
    expect(desk.locator("#p1")).to_be_focused()
    desk.locator("input[type=search]").first.focus()
    desk.keyboard.press("j")
    expect(desk.locator("input[type=search]").first).to_be_focused()

    desk.locator(".rail__section .ways__focus").click()
    desk.wait_for_load_state()
    expect(desk.locator(".focus__continue")).to_be_hidden()
    for _press in range(4):
        desk.keyboard.press("j")
    expect(desk.locator("#p4")).to_be_focused()
    desk.wait_for_function("() => localStorage.getItem('cityboards:kept::places')?.includes('[\"1\",4]')")
    desk.goto(f"{address}focus/")
    desk.get_by_role("link", name="Continue at No. 4").click()
    expect(desk.locator("#p4")).to_be_in_viewport()


def test_letters_are_turned_off_on_the_page_of_help(desk: Page, address: str) -> None:
    desk.goto("/help/writing/")
    desk.get_by_role("button", name="Turn the letter keys off").click()
    expect(desk.get_by_role("button", name="Turn the letter keys on")).to_be_visible()
    desk.goto(address)
    desk.keyboard.press("j")
    desk.wait_for_function("() => performance.getEntriesByType('resource').some(({ name }) => name.includes('steps'))")
    expect(desk.locator("#p1")).not_to_be_focused()


def test_chinese_runs_in_vertical_lines(
    open_page: OpenPage, address: str, assert_accessible: Check, assert_no_sideways: Check
) -> None:
    page = open_page(PHONE, has_touch=True)
    page.goto(address)
    page.locator(".bar summary").first.click()
    page.locator(".bar").get_by_role("button", name="Vertical").click()
    expect(page.locator("#focus.vertical")).to_be_visible()
    page.wait_for_load_state()
    assert page.url.endswith(f"{address}focus/")
    assert _style(page, "#p1 .prose", "writingMode") == "vertical-rl"
    assert _style(page, "#p1 pre", "writingMode") == "horizontal-tb"
    assert _style(page, "#p8", "writingMode") == "horizontal-tb"
    assert _style(page, ".combined", "textCombineUpright") == "all"
    assert _style(page, ".stacked", "textOrientation") == "upright"
    width = page.locator("#p1 .combined").first.bounding_box()
    assert width
    assert width["height"] < width["width"] * 1.6
    assert_no_sideways(page)
    assert_accessible(page)

    box = page.locator("#focus")
    page.mouse.move(180, 400)
    page.mouse.wheel(0, 300)
    page.wait_for_function("() => document.getElementById('focus').scrollLeft < -200")
    page.keyboard.press(" ")
    page.wait_for_function("() => document.getElementById('focus').scrollLeft < -450")
    page.keyboard.press("Home")
    page.wait_for_function("() => document.getElementById('focus').scrollLeft === 0")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#p2")).to_be_focused()
    edge = page.locator("#p2").bounding_box()
    assert edge
    assert 0 < edge["x"] + edge["width"] <= PHONE["width"]
    assert box.evaluate("element => element.scrollLeft") < -300


def test_without_javascript_the_choice_is_kept_and_posts_are_found(no_js: Page, address: str) -> None:
    no_js.goto(address)
    no_js.locator(".rail__section").get_by_role("button", name="Vertical").click()
    expect(no_js.locator("#focus.vertical")).to_be_visible()
    no_js.goto(f"{address}focus/#p5")
    expect(no_js.locator("#p5 .focus__by")).to_be_in_viewport()
