"""The queue as officers work in it: on a phone, by keyboard, and without JavaScript; and reporting."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from forum.actions.posts import add_reply
from forum.actions.reports import file_report
from forum.models import Case, Report
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

HALL = "/c/stoneferry/hall/"


@pytest.fixture
def cases(world: World) -> list[Case]:
    """Three posts of Cai, each reported by Rita."""
    posts = [add_reply(world.thread, by=world.cai, body=f"Words {number}") for number in range(3)]
    return [file_report(by=world.rita, reason="abuse", post=post).case for post in posts]


def test_a_post_is_reported_over_the_thread_and_the_report_withdrawn(
    phone: Page, world: World, enter: Callable[..., None], assert_no_sideways: Callable[[Page], None]
) -> None:
    enter(phone, world.cai)
    phone.goto(f"/t/{world.thread.pk}/")
    post = phone.locator("#p2")
    post.get_by_label("More actions").click()
    post.get_by_role("link", name="Report").click()
    dialog = phone.locator("#overlay")
    dialog.get_by_label("Insults or threats").check()
    dialog.get_by_label("In your words").fill("Rude.")
    assert_no_sideways(phone)
    dialog.get_by_role("button", name="Send the report").click()
    expect(phone.get_by_text("You will be told what is decided.").first).to_be_visible()
    phone.goto("/me/reports/")
    phone.get_by_role("button", name="Withdraw the report").click()
    expect(phone.get_by_text("The report is withdrawn.").first).to_be_visible()
    assert Report.objects.get().state == Report.State.WITHDRAWN


def test_an_officer_decides_on_a_phone(
    phone: Page,
    world: World,
    cases: list[Case],
    enter: Callable[..., None],
    assert_accessible: Callable[[Page], None],
    assert_no_sideways: Callable[[Page], None],
) -> None:
    enter(phone, world.mei)
    phone.goto(HALL)
    assert_no_sideways(phone)
    assert_accessible(phone)
    phone.locator(f"#report-{cases[0].pk}-hide").click()
    dialog = phone.locator("#overlay")
    expect(dialog.get_by_label("Reason", exact=True)).to_have_value("Insults or threats")
    assert_accessible(phone)
    dialog.get_by_role("button", name="Hide").click()
    expect(phone.get_by_text("It is hidden, and the report upheld.").first).to_be_visible()
    expect(phone.locator(".queue > li")).to_have_count(2)


def test_the_queue_is_worked_by_keyboard(
    desk: Page, world: World, cases: list[Case], enter: Callable[..., None]
) -> None:
    enter(desk, world.mei)
    desk.goto(HALL, wait_until="networkidle")  # the keys come with a script that is fetched last
    desk.keyboard.press("j")
    expect(desk.locator(f"#report-{cases[0].pk}")).to_be_focused()
    desk.keyboard.press("j")
    desk.keyboard.press("x")
    desk.keyboard.press("k")
    expect(desk.locator(".queue-item__tick:checked")).to_have_count(1)
    desk.keyboard.press("d")
    dialog = desk.locator("#overlay")
    expect(dialog.get_by_role("heading", name="Dismiss")).to_be_visible()
    desk.keyboard.press("j")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Answer to those who reported").fill("jjj This is fine.")
    dialog.get_by_role("button", name="Dismiss").click()
    expect(desk.locator(".queue > li")).to_have_count(2)
    assert Case.objects.get(answer="jjj This is fine.").state == Case.State.DISMISSED


def test_several_are_decided_without_javascript(
    no_js: Page, world: World, cases: list[Case], enter: Callable[..., None]
) -> None:
    enter(no_js, world.dan)
    no_js.goto(HALL)
    for case in cases[:2]:
        no_js.locator(f"#report-{case.pk} .queue-item__tick").check()
    no_js.get_by_label("With what is ticked").select_option(label="Warn")
    no_js.get_by_role("button", name="See what will happen").click()
    expect(no_js.get_by_text("The person is warned, and the report upheld.")).to_have_count(2)
    no_js.get_by_label("In your words").fill("Please be kind.")
    no_js.get_by_role("button", name="Warn: 2 things").click()
    expect(no_js.get_by_text("decided: Warn")).to_be_visible()
    no_js.get_by_role("link", name="Dismiss").click()
    no_js.get_by_role("button", name="Dismiss").click()
    expect(no_js.get_by_text("Nothing waits for a decision.")).to_be_visible()
