"""Names offered after @, and the number in the head that stays fresh, in Chromium."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from accounts.models import User
from forum.actions.posts import add_reply
from forum.models import Notification
from tests.browser.conftest import PHONE, OpenPage
from tests.world import World, make_person

type Enter = Callable[[Page, User], None]
type Check = Callable[[Page], None]

COMPOSING = "(area, name) => area.dispatchEvent(new CompositionEvent(name, { bubbles: true, data: '蔡' }))"


def test_names_are_offered_taken_by_key_and_never_within_a_composition(
    world: World, desk: Page, enter: Enter, assert_accessible: Check
) -> None:
    make_person("caitlin")
    enter(desk, world.dan)
    desk.goto(f"/t/{world.thread.pk}/")
    area = desk.locator("#reply textarea[name=body]")
    options = desk.locator("#reply [role=option]")
    expect(area).to_have_attribute("aria-haspopup", "listbox")
    area.press_sequentially("Ask @")
    expect(options).to_have_text([re.compile("Coco"), re.compile("蔡渡")])  # those who wrote here
    area.press_sequentially("ca")
    expect(options).to_have_count(2)
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert_accessible(desk)
    area.press("ArrowDown")
    area.press("Enter")
    expect(area).to_have_value("Ask @caitlin ")
    expect(options.first).to_be_hidden()
    area.press_sequentially("or @co")
    expect(options).to_have_count(1)
    area.press("Escape")
    expect(options.first).to_be_hidden()
    area.press("Enter")
    expect(area).to_have_value("Ask @caitlin or @co\n")
    # What an input method composes is not a name yet, and its keys are its own.
    area.evaluate(COMPOSING, "compositionstart")
    with desk.expect_response(lambda answer: "/names/" in answer.url) as asked:
        area.press_sequentially("@蔡")
        desk.wait_for_timeout(600)
        expect(options.first).to_be_hidden()
        area.evaluate(COMPOSING, "compositionend")
    assert asked.value.ok
    expect(options).to_have_count(1)
    options.first.click()
    expect(area).to_have_value("Ask @caitlin or @co\n@cai ")


def test_the_number_in_the_head_stays_fresh_and_falls_when_one_has_read(
    world: World, open_page: OpenPage, enter: Enter, assert_no_sideways: Check
) -> None:
    page = open_page(PHONE)
    enter(page, world.cai)
    page.clock.install()
    page.goto("/cities/")
    bell = page.locator(".newscount")
    Notification.objects.all().update(read_at=world.thread.created_at)
    page.reload()
    page.wait_for_load_state("networkidle")  # what asks for news is fetched when the page stands
    expect(bell).to_have_accessible_name("Notifications")
    post = add_reply(world.thread, by=world.dan, body="Mind the third plank.", to=1)
    page.clock.fast_forward(61_000)
    expect(bell).to_have_accessible_name("1 unread notification")
    assert_no_sideways(page)
    bell.click()
    with page.expect_response(lambda answer: answer.url.endswith("/read/")):
        page.get_by_role("link", name="The bridge 橋").click()
    expect(page).to_have_url(f"{page.url.partition('/t/')[0]}/t/{world.thread.pk}/#p{post.number}")
    expect(bell).to_have_accessible_name("Notifications")
    assert not Notification.objects.filter(user=world.cai, read_at=None).exists()
