"""The writing desk: buttons, keys, counting, preview, the whole window; input methods are left alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from accounts.models import User
from forum.models import Draft, Post
from forum.text.counting import count
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.text.test_counting import SAMPLES
from tests.world import World

type Enter = Callable[[Page, User], None]
type Check = Callable[[Page], None]

SELECT = "(area, [start, end]) => area.setSelectionRange(start, end)"


@pytest.fixture
def desk_of_coco(world: World, desk: Page, enter: Enter) -> Page:
    """Coco before the reply form at the foot of the thread, with a clock that the test moves."""
    enter(desk, world.coco)
    desk.clock.install()
    desk.goto(f"/t/{world.thread.pk}/")
    expect(desk.locator("#reply [data-slot='count']")).to_be_visible()
    return desk


def area_of(page: Page) -> Locator:
    return page.locator("#reply textarea")


def composing(page: Page, text: str) -> CDPSession:
    """Begin to compose a character as an input method does."""
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    return session


def test_buttons_and_keys_change_the_text_and_can_be_undone(desk_of_coco: Page) -> None:
    page, area, tools = desk_of_coco, area_of(desk_of_coco), desk_of_coco.locator("#reply [role='toolbar']")
    area.fill("三塊板")
    area.evaluate(SELECT, [0, 2])
    tools.get_by_role("button", name="Bold").click()
    expect(area).to_have_value("**三塊**板")
    area.press("Control+b")
    expect(area).to_have_value("三塊板")
    area.press("Control+z")
    expect(area).to_have_value("**三塊**板")
    area.press("Control+i")
    expect(area).to_have_value("***三塊***板")
    area.fill("bread\ntea")
    area.evaluate(SELECT, [0, 9])
    area.press("Control+Shift+Digit7")
    expect(area).to_have_value("1. bread\n2. tea")
    area.press("Control+Shift+Digit9")
    expect(area).to_have_value("> 1. bread\n> 2. tea")
    area.fill("A word.")
    tools.get_by_role("button", name="Footnote").click()
    expect(area).to_have_value("A word.[^1]\n\n[^1]: text of the footnote")
    page.keyboard.type("The note.")
    expect(area).to_have_value("A word.[^1]\n\n[^1]: The note.")
    tools.get_by_role("button", name="Table").click()
    expect(area).to_have_value("A word.[^1]\n\n[^1]: The note.\n\n| First column | Second column |\n" + TABLE)
    area.fill("https://example.org/")
    area.evaluate(SELECT, [0, 20])
    area.press("Control+k")
    expect(area).to_have_value("[words of the link](https://example.org/)")


TABLE = "| --- | --- |\n|              |               |\n|              |               |\n\n"


def test_the_toolbar_is_one_stop_of_the_tab_key(desk_of_coco: Page) -> None:
    area_of(desk_of_coco).focus()
    desk_of_coco.keyboard.press("Shift+Tab")
    bold = desk_of_coco.locator("#reply [data-tool='bold']")
    expect(bold).to_be_focused()
    desk_of_coco.keyboard.press("ArrowLeft")
    expect(desk_of_coco.locator("#reply [data-slot='wide']")).to_be_focused()
    desk_of_coco.keyboard.press("Home")
    expect(bold).to_be_focused()


def test_an_input_method_is_never_disturbed(desk_of_coco: Page, world: World) -> None:
    page, area = desk_of_coco, area_of(desk_of_coco)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    area.focus()
    session = composing(page, "ㄏㄜˊ")
    for key in ("Control+b", "Control+Enter", "Control+s", "Escape"):
        page.keyboard.press(key)
    page.evaluate("document.querySelector('#reply form').requestSubmit()")
    page.clock.fast_forward(60_000)
    expect(area).to_have_value("ㄏㄜˊ")
    assert not [url for url in asked if url.endswith("/replies/")]
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    session.send("Input.insertText", {"text": "河"})
    expect(area).to_have_value("河")
    with page.expect_response("**/replies/") as saved:
        page.clock.fast_forward(2_000)
    assert saved.value.ok
    assert Draft.objects.get().body == "河"
    area.press("Control+Enter")
    expect(page.locator("#p3")).to_contain_text("河")
    assert Post.objects.filter(thread=world.thread).count() == 3


def test_browser_and_server_count_alike(desk_of_coco: Page) -> None:
    script = "async (texts) => { const m = await import('/static/js/editor/count.js'); return texts.map(m.counted); }"
    texts = [text for text, _words, _characters in SAMPLES]
    counted = desk_of_coco.evaluate(script, texts)
    assert [(one["words"], one["characters"]) for one in counted] == [tuple(count(text)) for text in texts]


def test_a_preview_follows_what_one_writes_and_leaves_the_focus(desk_of_coco: Page) -> None:
    area = area_of(desk_of_coco)
    area.fill("**三塊**板")
    desk_of_coco.locator("#reply").get_by_role("button", name="Preview").click()
    text = desk_of_coco.locator("#reply .preview__text")
    expect(text.locator("strong")).to_have_text("三塊")
    area.press("End")
    desk_of_coco.keyboard.type("，還有 *planks*")
    desk_of_coco.clock.fast_forward(2_000)
    expect(text.locator("em")).to_have_text("planks")
    expect(area).to_be_focused()
    expect(desk_of_coco.locator("#reply .preview__length")).to_have_text("Words 6 · Characters 19")


@pytest.mark.parametrize(
    ("window", "scheme"), [(PHONE, "dark"), (DESK, "light")], ids=["a phone in the dark", "a desk"]
)
def test_whole_window_covers_the_page_until_escape(
    world: World,
    window: dict[str, int],
    scheme: str,
    open_page: OpenPage,
    enter: Enter,
    assert_accessible: Check,
    assert_no_sideways: Check,
) -> None:
    page = open_page(window, color_scheme=scheme, locale="zh-TW")
    enter(page, world.coco)
    page.goto("/c/stoneferry/b/letters/threads/new/")
    expect(page.locator("[data-slot='count']")).to_be_visible()
    page.locator("[data-slot='wide']").click()
    expect(page.locator("textarea[name='body']")).to_be_focused()
    expect(page.locator("[inert] h1, h1[inert], [inert]:has(h1)")).not_to_have_count(0)
    assert_accessible(page)
    assert_no_sideways(page)
    page.keyboard.press("Escape")
    expect(page.locator("[inert]")).to_have_count(0)
    expect(page.locator(".compose--wide")).to_have_count(0)


def test_help_shows_what_becomes_of_the_signs(
    world: World, phone: Page, assert_accessible: Check, assert_no_sideways: Check
) -> None:
    phone.goto("/help/writing/")
    expect(phone.locator(".samples__shown strong").first).to_have_text("bold")
    assert_accessible(phone)
    assert_no_sideways(phone)
