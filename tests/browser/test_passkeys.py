"""Passkeys in Chromium, with a virtual authenticator: made, used to sign in and as a second factor, taken away."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.world import PASSWORD, World

type Check = Callable[[Page], None]


def _sign_in(page: Page, user: User) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Sign-in name or e-mail address").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def _sign_out(page: Page) -> None:
    page.context.clear_cookies()
    page.goto("/")


def _add_passkey(page: Page, *, alone: bool) -> None:
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)  # asked once more before the account changes
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name of the passkey").fill("blue key")
    page.get_by_label("Sign in with it alone, without a password").set_checked(alone)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


@pytest.fixture
def coco(world: World) -> User:
    """Coco, whose address is confirmed."""
    EmailAddress.objects.create(user=world.coco, email=world.coco.email, primary=True, verified=True)
    return world.coco


def test_a_passkey_signs_in_without_a_password(coco: User, key_holder: Page, assert_accessible: Check) -> None:
    page = key_holder
    _sign_in(page, coco)
    expect(page).to_have_url("/me/")
    _add_passkey(page, alone=True)
    assert_accessible(page)
    _sign_out(page)
    page.goto("/accounts/login/")
    assert_accessible(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url("/me/")
    page.goto("/accounts/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("blue key")
    expect(page.locator("main")).to_contain_text("Signs in without a password")
    assert_accessible(page)


def test_a_passkey_is_the_second_step_after_the_password(coco: User, key_holder: Page) -> None:
    page = key_holder
    _sign_in(page, coco)
    expect(page).to_have_url("/me/")
    _add_passkey(page, alone=False)
    _sign_out(page)
    _sign_in(page, coco)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url("/me/")


def test_a_passkey_is_renamed_and_taken_away(coco: User, key_holder: Page) -> None:
    page = key_holder
    _sign_in(page, coco)
    expect(page).to_have_url("/me/")
    _add_passkey(page, alone=True)
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Name of the passkey").fill("red key")
    page.get_by_role("button", name="Save").click()
    page.goto("/accounts/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("red key")
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove this passkey").click()
    expect(page.locator("main")).to_contain_text("You have no passkey yet.")
    assert not Authenticator.objects.filter(user=coco, type="webauthn").exists()


def test_a_device_without_a_passkey_says_so_and_leaves_another_way(world: World, key_holder: Page) -> None:
    page = key_holder
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator(".passkey__said")).to_contain_text("Try again, or take another way.")
    expect(page.get_by_label("Password")).to_be_visible()
