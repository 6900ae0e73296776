"""A line that is lost, two windows on one draft, a shared computer: no word is lost, and none is left behind."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from forum.models import Draft, Post
from tests.browser.conftest import Complaints, OpenPage
from tests.world import World

type Enter = Callable[[Page, User], None]

TEXT = "三塊板的橋，寫了一個下午。"


@pytest.fixture
def coco(world: World, desk: Page, enter: Enter) -> Page:
    """Coco's page with a clock that the test moves."""
    enter(desk, world.coco)
    desk.clock.install()
    return desk


def begin(page: Page, world: World) -> None:
    page.goto(f"/t/{world.thread.pk}/")
    expect(page.locator("#reply [data-slot='count']")).to_be_visible()


def replies_saying(world: World, text: str) -> int:
    return Post.objects.filter(thread=world.thread, body=text).count()


def test_what_is_typed_is_a_draft_on_the_server_and_offered_anywhere(coco: Page, world: World) -> None:
    begin(coco, world)
    coco.locator("#reply textarea").fill(TEXT)
    with coco.expect_response("**/replies/"):
        coco.clock.fast_forward(2_000)
    expect(coco.locator("#reply [data-slot='said']")).to_contain_text("Saved as a draft")
    assert Draft.objects.get().body == TEXT
    assert coco.evaluate("localStorage.length") == 0  # the server has it
    elsewhere = coco.context.new_page()
    elsewhere.goto(f"/t/{world.thread.pk}/")
    elsewhere.locator("#reply").get_by_role("link", name="Continue it").click()
    expect(elsewhere.locator("textarea[name='body']")).to_have_value(TEXT)


def test_a_lost_line_costs_nothing_even_when_the_tab_is_closed(coco: Page, world: World) -> None:
    begin(coco, world)
    coco.context.set_offline(True)
    coco.locator("#reply textarea").fill(TEXT)
    coco.clock.fast_forward(2_000)
    expect(coco.locator("#reply [data-slot='said']")).to_contain_text("your browser keeps the text")
    context = coco.context
    coco.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"/t/{world.thread.pk}/")
    again.locator("#reply").get_by_role("button", name="Bring it back").click()
    expect(again.locator("#reply textarea")).to_have_value(TEXT)


def test_a_session_that_ended_is_said_and_the_text_stays(coco: Page, world: World) -> None:
    begin(coco, world)
    coco.context.clear_cookies(name="sessionid")
    coco.locator("#reply textarea").fill(TEXT)
    with coco.expect_response("**/replies/") as answer:
        coco.clock.fast_forward(2_000)
    assert answer.value.status == 401
    expect(coco.locator("#reply [data-slot='said']")).to_contain_text("You are signed out")
    assert TEXT in coco.evaluate("JSON.stringify(localStorage)")


def test_who_signs_out_leaves_no_text_behind_and_nobody_else_is_offered_it(
    coco: Page, world: World, enter: Enter
) -> None:
    begin(coco, world)
    coco.context.set_offline(True)
    coco.locator("#reply textarea").fill(TEXT)
    coco.clock.fast_forward(1_000)
    coco.context.set_offline(False)
    enter(coco, world.cai)
    begin(coco, world)
    expect(coco.locator("#reply textarea")).to_have_value("")
    expect(coco.get_by_role("button", name="Bring it back")).to_have_count(0)
    coco.locator(".sitehead__who").click()
    coco.get_by_role("button", name="Sign out").click()
    expect(coco.get_by_role("link", name="Sign in")).to_be_visible()
    assert TEXT not in coco.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")


def test_two_windows_on_one_draft_are_shown_side_by_side(
    coco: Page, world: World, open_page: OpenPage, enter: Enter
) -> None:
    begin(coco, world)
    here = coco.locator("#reply textarea")
    here.fill(TEXT)
    with coco.expect_response("**/replies/"):
        coco.clock.fast_forward(2_000)
    other = open_page(java_script_enabled=False)
    enter(other, world.coco)
    other.goto("/me/drafts/")
    other.get_by_role("link", name="Continue writing").click()
    other.locator("textarea[name='body']").fill(TEXT + "在別處又寫。")
    other.get_by_role("button", name="Save as draft").click()
    here.fill(TEXT + "在這裡再寫。")
    with coco.expect_response("**/replies/") as answer:
        coco.clock.fast_forward(2_000)
    assert answer.value.status == 409
    expect(coco.locator("[data-other='text']")).to_have_value(TEXT + "在別處又寫。")
    assert Draft.objects.get().body.endswith("在別處又寫。")
    with coco.expect_response("**/replies/"):
        coco.get_by_role("button", name="Go on with mine").click()
    assert Draft.objects.get().body.endswith("在這裡再寫。")
    other.locator("textarea[name='body']").fill(TEXT + "又一次。")
    other.get_by_role("button", name="Preview").click()
    expect(other.get_by_role("alert")).to_contain_text("This draft was changed in another window")
    expect(other.locator("[data-other='text']")).to_have_value(TEXT + "在這裡再寫。")
    expect(other.locator("textarea[name='body']")).to_have_value(TEXT + "又一次。")
    assert Draft.objects.get().body.endswith("在這裡再寫。")


def test_an_answer_that_is_lost_on_its_way_makes_no_second_post(
    coco: Page, world: World, complaints: Complaints
) -> None:
    complaints.deaf = True  # of the fetch that is meant to fail
    begin(coco, world)
    coco.locator("#reply textarea").fill(TEXT)

    def swallow(route: Route) -> None:
        route.fetch()
        route.abort()

    coco.route("**/replies/", swallow, times=1)
    send = coco.locator("#reply").get_by_role("button", name="Reply", exact=True)
    send.click()
    expect(coco.locator("#announcer")).to_contain_text("What you wrote is still here")
    assert replies_saying(world, TEXT) == 1
    send.click()
    expect(coco.locator("#p3")).to_contain_text(TEXT)
    assert replies_saying(world, TEXT) == 1
