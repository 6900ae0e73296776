"""City life in Chromium: boards dragged into order, the roll call, the guestbook, a crest."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.models import Board, GuestbookEntry, RollCall
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.world import World

type Enter = Callable[[Page, User], None]
type Check = Callable[[Page], None]


def test_boards_are_dragged_into_a_new_order(world: World, desk: Page, enter: Enter) -> None:
    enter(desk, world.mei)
    desk.goto("/c/stoneferry/hall/boards/")
    letters = desk.locator(f"#board-{world.letters.pk}")
    with desk.expect_response("**/boards/order/"):
        letters.locator("span").first.drag_to(
            desk.locator(f"#board-{world.general.pk}"), target_position={"x": 5, "y": 2}
        )
    expect(desk.locator("#board-order li").first).to_contain_text("Letters")
    assert Board.objects.filter(city=world.stoneferry).first() == world.letters


@pytest.mark.parametrize("scripts", [True, False], ids=["js", "no-js"])
def test_a_citizen_is_here_and_leaves_a_line(
    world: World, open_page: OpenPage, enter: Enter, assert_accessible: Check, scripts: bool
) -> None:
    page = open_page(PHONE, java_script_enabled=scripts)
    enter(page, world.coco)
    page.goto("/c/stoneferry/roll/")
    page.get_by_role("button", name="Here!").click()
    expect(page.locator("[aria-current=date].calendar__day--mine")).to_be_visible()
    assert RollCall.objects.get().user == world.coco
    page.goto("/c/stoneferry/guestbook/")
    page.get_by_label("Your line").fill("過渡的人。")
    page.get_by_role("button", name="Leave this line").click()
    expect(page.locator(".guestbook__line")).to_have_text("過渡的人。")
    assert GuestbookEntry.objects.count() == 1
    if scripts:
        assert_accessible(page)


@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_of_city_life_fit(
    world: World, open_page: OpenPage, assert_accessible: Check, assert_no_sideways: Check, window: dict[str, int]
) -> None:
    page = open_page(window)
    for path in ("roll/", "guestbook/", "recommenders/", "notices/"):
        page.goto(f"/c/stoneferry/{path}")
        assert_no_sideways(page)
        assert_accessible(page)


def test_the_mayor_gives_the_city_a_crest(world: World, desk: Page, enter: Enter) -> None:
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(file, "PNG")
    enter(desk, world.mei)
    desk.goto("/c/stoneferry/hall/settings/")
    picture = {"name": "crest.png", "mimeType": "image/png", "buffer": file.getvalue()}
    desk.get_by_label("Picture").set_input_files(picture)  # type: ignore[arg-type]
    desk.get_by_role("button", name="Use this picture").click()
    expect(desk.locator(".seal--crest").first).to_be_visible()
    desk.goto("/c/stoneferry/")
    assert desk.locator(".masthead .seal--crest").evaluate("picture => picture.complete && picture.naturalWidth") == 256
