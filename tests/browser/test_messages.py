"""Private messages in Chromium: a talk of two, on a phone without JavaScript and at a desk with it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.actions.conversations import start_conversation
from forum.actions.message_reports import report_message
from forum.actions.messages import send_message
from forum.models import Conversation, Message
from forum.notifying.reading import mark_conversation_read
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.world import World

type Enter = Callable[[Page, User], None]
type Check = Callable[[Page], None]


@pytest.fixture
def talk(world: World) -> Conversation:
    """Cai and Dan write with Coco, who has not read the last of it."""
    talk = start_conversation(
        by=world.cai, people=[world.coco, world.dan], subject="Planks 板", body="How many **planks**? 幾塊?"
    )
    mark_conversation_read(talk.participants.get(user=world.coco), until=1)
    send_message(talk, by=world.coco, body="> 幾塊?\n\nThree, I think. 三塊。")
    send_message(talk, by=world.dan, body="Four.")
    return talk


HERE = "/me/messages/{talk}/"
ON_A_PHONE = {
    "coco": ["/me/messages/", "/me/messages/new/?to=cai", HERE, f"{HERE}3/report/"],
    "cai": [f"{HERE}people/"],
}
AT_A_DESK = {
    "coco": [HERE, f"{HERE}leave/", f"{HERE}print/", "/me/reports/"],
    "ada": ["/moderation/messages/", "/moderation/messages/{report}/"],
}


@pytest.mark.parametrize(
    ("window", "locale", "scheme", "pages"),
    [(PHONE, "zh-TW", "light", ON_A_PHONE), (DESK, "en-GB", "dark", AT_A_DESK)],
    ids=["phone", "desk"],
)
def test_every_page_fits_and_can_be_read_by_everybody(
    world: World,
    talk: Conversation,
    window: dict[str, int],
    locale: str,
    scheme: str,
    pages: dict[str, list[str]],
    open_page: OpenPage,
    enter: Enter,
    assert_accessible: Check,
    assert_no_sideways: Check,
) -> None:
    report = report_message(talk.messages.get(number=1), by=world.coco, reason="spam")
    page = open_page(window, locale=locale, color_scheme=scheme)
    for name, addresses in pages.items():
        enter(page, getattr(world, name))
        for address in addresses:
            answer = page.goto(address.format(talk=talk.pk, report=report.pk))
            assert answer
            assert answer.status == 200, address
            assert_no_sideways(page)
            assert_accessible(page)


def test_without_javascript_one_writes_on_a_phone_and_nothing_typed_is_lost(
    world: World, open_page: OpenPage, enter: Enter
) -> None:
    page = open_page(PHONE, java_script_enabled=False)
    enter(page, world.coco)
    page.goto("/u/cai/")
    page.get_by_role("link", name="Write a message").click()
    page.get_by_role("textbox", name="Text").fill("How many planks? 幾塊?")
    page.get_by_label("To", exact=True).fill("cai, nobody-of-this-name")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("nobody-of-this-name")
    expect(page.get_by_role("textbox", name="Text")).to_have_value("How many planks? 幾塊?")
    page.get_by_label("To", exact=True).fill("cai")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#m1")).to_contain_text("How many planks?")
    page.get_by_role("textbox", name="Text").fill("I count **three**.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview strong")).to_have_text("three")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#m2 strong")).to_have_text("three")
    assert Message.objects.count() == 2
    page.get_by_role("link", name="Leave").click()
    page.get_by_role("button", name="Leave it").click()
    expect(page.locator("main")).to_contain_text("Whom you write to")


def test_at_a_desk_one_reads_on_quotes_answers_adds_and_reports(
    world: World, talk: Conversation, desk: Page, enter: Enter
) -> None:
    enter(desk, world.coco)
    desk.goto("/me/messages/")
    row = desk.locator(f"#conversation-{talk.pk}")
    expect(row).to_contain_text("new message")
    row.get_by_role("link").first.click()
    expect(desk.locator("#new")).to_contain_text("New from here on")
    desk.locator("#m3 .post__body").select_text()
    desk.get_by_role("button", name="Quote the selection").click()
    area = desk.locator("#m3 .post__reply textarea")
    expect(area).to_have_value(f"> **Dan** [#3](/me/messages/{talk.pk}/?page=1#m3)\n>\n> Four.\n\n")
    area.press("Control+End")
    area.press_sequentially("You count badly.")
    desk.locator("#m3 .post__reply").get_by_role("button", name="Send", exact=True).dblclick()
    expect(desk.locator("#m4 blockquote")).to_contain_text("Four.")
    assert Message.objects.count() == 4
    desk.locator("#m3").get_by_role("link", name="Report message 3").click()
    overlay = desk.locator("#overlay")
    expect(overlay).to_contain_text("a copy of this one message")
    overlay.get_by_label("Insults or threats").check()
    overlay.get_by_role("button", name="Send the report").click()
    expect(desk.locator(".messages")).to_contain_text("You will be told")
    enter(desk, world.cai)
    desk.goto(f"/me/messages/{talk.pk}/")
    desk.get_by_role("link", name="Add people").click()
    overlay.get_by_label("To", exact=True).fill("mei")
    overlay.get_by_role("button", name="Add them").click()
    expect(desk.locator("#messages")).to_contain_text("梅市長 joined")
