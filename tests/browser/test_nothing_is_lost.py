"""What somebody typed outlives an ended session, a stale form and a limit: with JavaScript and without."""

from collections.abc import Callable

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.browser.conftest import OpenPage
from tests.world import PASSWORD, World

TEXT = "三塊板的橋。 Three planks."

Enter = Callable[[Page, AbstractBaseUser], None]


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def coco(request: pytest.FixtureRequest, open_page: OpenPage, enter: Enter, world: World) -> Page:
    """Coco's page, on which a reply is written."""
    page = open_page(java_script_enabled=request.param)
    enter(page, world.coco)
    page.goto(f"/t/{world.thread.pk}/")
    page.locator("#reply textarea").fill(TEXT)
    return page


def send(page: Page) -> None:
    page.locator("#reply").get_by_role("button", name="Reply", exact=True).click()


def replies_saying(world: World, text: str) -> int:
    return world.thread.posts.filter(body=text).count()


def test_a_session_that_ended_costs_a_sign_in(coco: Page, world: World) -> None:
    coco.context.clear_cookies(name="sessionid")
    send(coco)
    expect(coco.get_by_text("your text is kept")).to_be_visible()
    coco.get_by_label("Sign-in name or e-mail address").fill("coco")
    coco.get_by_label("Password", exact=True).fill(PASSWORD)
    coco.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(coco.get_by_role("textbox", name="Text")).to_have_value(TEXT)
    coco.get_by_role("main").get_by_role("button", name="Reply", exact=True).click()
    expect(coco.locator("article").filter(has_text=TEXT)).to_be_visible()
    assert replies_saying(world, TEXT) == 1


def test_a_stale_form_costs_a_click(coco: Page, world: World) -> None:
    token = next(cookie for cookie in coco.context.cookies() if cookie.get("name") == "csrftoken")
    coco.context.add_cookies([{**token, "value": "a" * 32}])  # type: ignore[typeddict-item]
    send(coco)
    expect(coco.get_by_text("This form has expired")).to_be_visible()
    coco.get_by_role("button", name="Send again").click()
    expect(coco.locator("article").filter(has_text=TEXT)).to_be_visible()
    assert replies_saying(world, TEXT) == 1


def test_a_limit_costs_patience(coco: Page, world: World, settings: Settings) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "posting": "0/10m"}
    send(coco)
    expect(coco.get_by_text("Please wait 10 minutes")).to_be_visible()
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "posting": "20/10m"}
    coco.get_by_role("button", name="Send again").click()
    expect(coco.locator("article").filter(has_text=TEXT)).to_be_visible()
    assert replies_saying(world, TEXT) == 1
