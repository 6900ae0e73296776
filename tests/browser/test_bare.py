"""Pages in Chromium without their colours or styles, and after going back: what is read, and where one is."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from accounts.models import User
from forum.actions.polls import set_poll
from tests.browser.conftest import OpenPage
from tests.world import World

type Enter = Callable[[Page, User], None]

# What is on, here or pressed, with the lines that say so: they must differ from those of what is not.
LINES = """marked => {
  const lines = (box) => ["borderBottomColor", "borderBottomWidth", "outlineStyle", "textDecorationLine", "fontWeight"]
    .map((name) => getComputedStyle(box)[name]).join();
  const kin = [...marked.parentElement.parentElement.querySelectorAll(marked.tagName)].filter((one) =>
    one !== marked && one.className === marked.className
    && one.getAttribute("aria-pressed") !== "true" && !one.hasAttribute("aria-current"));
  return kin.every((one) => lines(one) !== lines(marked));
}"""


def test_without_styles_a_thread_is_read_in_its_order(world: World, open_page: OpenPage, enter: Enter) -> None:
    set_poll(world.thread, by=world.cai, question="Which plank?", options=["Third", "Fourth"])
    page = open_page()
    enter(page, world.coco)
    page.route("**/*.css", lambda route: route.fulfill(body="", content_type="text/css"))
    page.goto(f"/t/{world.thread.pk}/")
    words = page.locator("body").inner_text()
    order = ["Skip to the content", "The bridge 橋", "No. 1", "三塊板的橋。", "Which plank?"]
    order += ["No. 2", "Markdown: **bold**", "Back to the list"]
    places = [words.find(one) for one in order]
    assert -1 not in places, dict(zip(order, places, strict=True))
    assert places == sorted(places), dict(zip(order, places, strict=True))
    # What belongs to the styles does not show through: no picture is large, no dialog open, nothing hidden is there.
    tall = page.evaluate("Math.max(0, ...[...document.querySelectorAll('svg')].map((one) => one.clientHeight))")
    assert tall < 100
    expect(page.locator("dialog")).not_to_be_visible()
    assert page.locator("[hidden]:visible").count() == 0


def test_in_forced_colours_what_is_chosen_shows_by_lines(world: World, open_page: OpenPage, enter: Enter) -> None:
    page = open_page(forced_colors="active")
    enter(page, world.mei)
    for path in ("/", f"/t/{world.thread.pk}/", "/c/stoneferry/b/general/", "/c/stoneferry/hall/", "/me/settings/"):
        page.goto(path)
        marked = page.locator(":is([aria-pressed=true], nav [aria-current], .tabs [aria-current]):visible")
        for number in range(marked.count()):
            assert marked.nth(number).evaluate(LINES), f"{path} {marked.nth(number).evaluate('one => one.outerHTML')}"
    first = page.locator(".button--first:visible").first
    assert first.evaluate("one => getComputedStyle(one).borderTopWidth") == "2px"
    first.focus()
    assert first.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_going_back_shows_what_was_there(world: World, desk: Page, enter: Enter) -> None:
    enter(desk, world.coco)
    desk.goto(f"/t/{world.thread.pk}/")
    recommend = desk.locator("#p1-actions").get_by_role("button", name="Recommend")
    recommend.click()
    withdraw = desk.locator("#p1-actions [aria-pressed=true]")
    expect(withdraw).to_be_visible()
    expect(withdraw).to_be_focused()
    desk.locator("#p2-actions").get_by_role("link", name="Reply to this person").click()
    expect(desk.locator("#p2-reply textarea")).to_be_focused()
    desk.reload()  # with two forms for replies a browser cannot tell whose words it kept; the draft has them then
    desk.locator("#reply textarea").fill("Half a sentence")
    desk.goto("/cities/")
    desk.go_back()
    expect(desk.locator("#p1-actions [aria-pressed=true]")).to_be_visible()
    expect(desk.locator("#reply textarea")).to_have_value("Half a sentence")
    desk.go_forward()
    expect(desk.locator("h1")).to_be_visible()
    assert desk.url.endswith("/cities/")
