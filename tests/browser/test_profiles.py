"""A picture, a signature and who sees what; closing an account and coming back: in Chromium."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accounts.models import User
from forum.actions.recommendations import recommend_post
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.world import PASSWORD, World

type Check = Callable[[Page], None]


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def photograph(tmp_path: Any) -> str:
    """Return the path of a photograph, as a phone makes it."""
    path, data = tmp_path / "photograph.jpg", io.BytesIO()
    Image.new("RGB", (1200, 900), "teal").save(data, "JPEG")
    path.write_bytes(data.getvalue())
    return str(path)


@pytest.mark.parametrize(
    ("window", "scheme"), [({"viewport": PHONE, "has_touch": True}, "dark"), ({"viewport": DESK}, "light")]
)
def test_profile_is_filled_in_and_shows(
    world: World,
    photograph: str,
    window: dict[str, Any],
    scheme: str,
    open_page: OpenPage,
    enter: Callable[[Page, User], None],
    assert_accessible: Check,
    assert_no_sideways: Check,
) -> None:
    recommend_post(world.opener, by=world.coco)
    page = open_page(color_scheme=scheme, **window)
    enter(page, world.coco)
    page.goto("/me/profile/")
    page.locator("input[name=picture]").set_input_files(photograph)
    page.get_by_role("button", name="Use this picture").click()
    expect(page.locator(".page img.avatar")).to_be_visible()
    page.get_by_label("Signature").fill("Slowly, but surely.")
    page.locator("[name=digests_shown_to][value=myself]").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto(f"/t/{world.thread.pk}/")
    post = page.locator("#p2")
    expect(post.locator("img.avatar")).to_be_visible()
    assert post.locator("img.avatar").evaluate("image => image.naturalWidth") == 192
    expect(post.get_by_text("Slowly, but surely.")).to_be_visible()
    for path in (f"/t/{world.thread.pk}/", "/me/profile/", "/u/coco/", "/u/coco/recommendations/", "/me/export/"):
        page.goto(path)
        assert_no_sideways(page)
        assert_accessible(page)


def test_account_is_closed_and_kept_again_without_scripts(
    world: World, no_js: Page, assert_no_sideways: Check, assert_accessible: Check, desk: Page
) -> None:
    sign_in(no_js)
    no_js.goto("/me/settings/")
    no_js.get_by_role("link", name="Close my account").click()
    no_js.get_by_label("Password", exact=True).fill(PASSWORD)
    no_js.locator("main").get_by_role("button").first.click()
    expect(no_js.get_by_role("heading", name="Close my account")).to_be_visible()
    assert_no_sideways(no_js)
    no_js.get_by_label("They stay, under “Former member”").check()
    no_js.get_by_role("button", name="Close my account").click()
    expect(no_js.get_by_text("Sign in before then to keep it.")).to_be_visible()
    desk.goto(f"/t/{world.thread.pk}/")
    expect(desk.locator("#p2 .post__author")).to_have_text("Former member")
    desk.goto("/u/coco/")
    assert_accessible(desk)
    sign_in(no_js)
    expect(no_js.get_by_text("Your account stays open.")).to_be_visible()
    desk.reload()
    expect(desk.get_by_role("heading", name="Coco")).to_be_visible()


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Sign-in name").fill("coco")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/me/")
