"""Pictures for a text: chosen, pasted, dropped, described; refused and offline; input methods; without scripts."""

import base64
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from accounts.models import User
from forum.models import Attachment, Post
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.test_desk import composing
from tests.permissions.pictured import png
from tests.world import World

type Enter = Callable[[Page, User], None]
type Check = Callable[[Page], None]

LINE = re.compile(r"^Look: !\[\]\(/media/images/[0-9a-f]{32}-4x3\.png\)$")
GIVE = """(area, [kind, name, type, data, words]) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name, { type }));
  if (words) carried.setData("text/plain", words);
  const given = kind === "paste" ? { clipboardData: carried } : { dataTransfer: carried };
  const event = kind === "paste" ? ClipboardEvent : DragEvent;
  return area.dispatchEvent(new event(kind, { bubbles: true, cancelable: true, ...given }));
}"""


@pytest.fixture
def writing(world: World, desk: Page, enter: Enter) -> Page:
    """Coco before the reply form, with a few words in it."""
    enter(desk, world.coco)
    desk.goto(f"/t/{world.thread.pk}/")
    expect(desk.locator("#reply [data-slot='count']")).to_be_visible()
    area_of(desk).press_sequentially("Look: ")
    return desk


def area_of(page: Page) -> Locator:
    return page.locator("#reply textarea")


def give(page: Page, kind: str, data: bytes, name: str = "plank.png", words: str = "") -> bool:
    """Paste or drop a file; return whether the browser would go on to do what it does by itself."""
    given = [kind, name, "image/png", base64.b64encode(data).decode(), words]
    return bool(area_of(page).evaluate(GIVE, given))


def choose(page: Page, data: bytes, name: str = "plank.png") -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("#reply").get_by_role("button", name="Picture").click()
    chooser.value.set_files({"name": name, "mimeType": "image/png", "buffer": data})


def test_a_picture_is_chosen_described_and_sent(world: World, writing: Page, assert_accessible: Check) -> None:
    choose(writing, png())
    item = writing.locator("#reply .picture")
    expect(area_of(writing)).to_have_value(LINE)
    expect(item.get_by_text("Not described yet")).to_be_visible()
    item.get_by_label("What does this picture show?").fill("A [red] plank")
    item.get_by_label("What does this picture show?").press("Enter")
    expect(area_of(writing)).to_have_value(re.compile(r"!\[A \\\[red\\\] plank\]\("))
    expect(area_of(writing)).to_be_focused()
    assert_accessible(writing)
    writing.locator("#reply .button--first").click()
    image = writing.locator("#p3 img[alt='A [red] plank']")
    expect(image).to_be_visible()
    assert image.evaluate("image => image.naturalWidth") == 4
    assert Attachment.objects.get().alt == "A [red] plank"


def test_pictures_are_pasted_and_dropped_and_words_are_meant_before_pictures_of_them(writing: Page) -> None:
    assert not give(writing, "paste", png())
    expect(area_of(writing)).to_have_value(LINE)
    assert give(writing, "paste", png("blue"), words="A table from a document")
    assert not give(writing, "drop", png("green"))
    expect(writing.locator("#reply .picture")).to_have_count(2)
    assert area_of(writing).input_value().count("/media/images/") == 2


def test_what_is_refused_or_cannot_be_sent_leaves_the_text_as_it_was(writing: Page) -> None:
    choose(writing, b"<svg onload='alert(1)'/>", "evil.png")
    refused = writing.locator("#reply .picture--refused")
    expect(refused).to_contain_text("This is no picture we can read")
    expect(area_of(writing)).to_have_value("Look: ")
    writing.context.set_offline(True)
    choose(writing, png())
    expect(refused).to_contain_text("“plank.png” was not uploaded: the server did not answer")
    expect(area_of(writing)).to_have_value("Look: ")
    writing.context.set_offline(False)
    choose(writing, png())
    expect(area_of(writing)).to_have_value(LINE)
    expect(refused).to_have_count(0)


def test_a_picture_that_comes_while_one_composes_or_writes_on_disturbs_nothing(writing: Page) -> None:
    held: list[Route] = []
    writing.route("**/me/images/", lambda route: held.append(route))
    choose(writing, png())
    expect(area_of(writing)).to_have_value(re.compile(r"^Look: !\[Uploading plank\.png \w+\]\(\)$"))
    writing.locator("#reply .button--first").click()
    expect(writing.get_by_text("A picture is still on its way")).to_be_visible()
    area_of(writing).press_sequentially(" 橋")
    session = composing(writing, "ㄑㄧㄠ")
    with writing.expect_response("**/me/images/"):
        held[0].continue_()
    expect(writing.locator("#reply .picture")).to_be_visible()
    expect(area_of(writing)).to_have_value(re.compile(r"Uploading.* 橋ㄑㄧㄠ$"))
    session.send("Input.insertText", {"text": "橋"})
    expect(area_of(writing)).to_have_value(re.compile(r"^Look: !\[\]\(/media/images/\S+\) 橋橋$"))
    area_of(writing).press_sequentially("。")
    expect(area_of(writing)).to_have_value(re.compile(r" 橋橋。$"))


def test_without_scripts_a_page_takes_pictures_and_gives_their_line(
    world: World, open_page: OpenPage, enter: Enter, assert_no_sideways: Check
) -> None:
    page = open_page(PHONE, java_script_enabled=False)
    enter(page, world.coco)
    page.goto(f"/t/{world.thread.pk}/")
    address = page.locator("#reply").get_by_role("link", name="My pictures").get_attribute("href")
    page.goto(address or "")
    page.locator("input[name=image]").set_input_files({"name": "plank.png", "mimeType": "image/png", "buffer": png()})
    page.get_by_label("What the picture shows").fill("A plank")
    page.get_by_role("button", name="Upload").click()
    line = page.locator("#picture-line").inner_text()
    page.goto(f"/t/{world.thread.pk}/replies/")
    page.get_by_label("Text", exact=True).fill(line)
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.get_by_alt_text("A plank")).to_be_visible()
    assert Post.objects.filter(body=line).exists()


def test_the_pages_of_pictures_are_accessible_and_fit_a_phone(
    world: World, open_page: OpenPage, enter: Enter, assert_accessible: Check, assert_no_sideways: Check
) -> None:
    page = open_page(PHONE, has_touch=True, is_mobile=True)
    enter(page, world.coco)
    page.goto("/me/images/")
    page.locator("input[name=image]").set_input_files({"name": "plank.png", "mimeType": "image/png", "buffer": png()})
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", name="To show it in a text")).to_be_visible()
    assert_accessible(page)
    assert_no_sideways(page)
    page.get_by_role("link", name="Delete this picture").click()
    expect(page.get_by_role("button", name="Delete it")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Cancel").click()
    page.goto("/me/images/")
    expect(page.get_by_text("Not described yet")).to_be_visible()
    assert_accessible(page)
    assert_no_sideways(page)
