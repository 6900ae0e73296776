"""Accounts in Chromium: from signing up with the sum to the list of sessions; and all of it without JavaScript."""

import re
from collections.abc import Callable

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accounts.models import User
from tests.world import World

type Check = Callable[[Page], None]
type OpenPage = Callable[..., Page]

SECRET = "a bridge of three planks"


def _sign_up(page: Page) -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("Sign-in name").fill("shen")
    page.get_by_label("Display name").fill("沈芸")
    page.get_by_label("E-mail address").fill("shen@example.org")
    page.get_by_label("Password", exact=True).fill(SECRET)
    page.get_by_label("The same password again").fill(SECRET)
    page.get_by_role("button", name="Sign up").click()


def _link() -> str:
    found = re.search(r"(/accounts/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def _sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Sign-in name or e-mail address").fill("shen")
    page.get_by_label("Password").fill(SECRET)
    page.get_by_role("button", name="Sign in", exact=True).click()


def _go_on(page: Page) -> None:
    """Give the password once more where the site asks who it is."""
    if page.get_by_role("heading", name="Is it you?").is_visible():
        page.get_by_label("Password").fill(SECRET)
        page.get_by_role("button", name="Go on").click()


def _add_passkey(page: Page) -> str:
    """Add a passkey and return one of the recovery codes that come with it."""
    page.goto("/accounts/2fa/webauthn/add/")
    _go_on(page)
    page.get_by_label("Name of the passkey").fill("blue key")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    return page.locator(".codes code").first.inner_text()


def _add_app(page: Page) -> None:
    page.goto("/accounts/2fa/totp/activate/")
    _go_on(page)
    expect(page.get_by_role("img", name="The secret as a picture")).to_be_visible()
    secret = page.locator(".qr__secret").inner_text()
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    page.get_by_label("Code that the app shows").fill(code)
    page.get_by_role("button", name="Use this app").click()
    expect(page.get_by_role("heading", name="Second factor", exact=True)).to_be_visible()


def test_from_signing_up_to_the_list_of_sessions(
    world: World, key_holder: Page, phone: Page, settings: Settings, assert_accessible: Check, assert_no_sideways: Check
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    page = key_holder
    _sign_up(page)
    expect(page.get_by_role("heading", name="Confirm your e-mail address")).to_be_visible()
    assert not User.objects.get(username="shen").must_confirm  # the sum was done
    page.goto(_link())
    page.get_by_role("button", name="Yes, confirm it").click()
    _sign_in(page)
    expect(page).to_have_url(re.compile("/me/$"))
    _sign_in(phone)
    expect(phone).to_have_url(re.compile("/me/$"))
    code = _add_passkey(page)
    _add_app(page)
    page.get_by_text("沈芸").first.click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    _sign_in(page)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_label("Code of your app, or a recovery code").fill(code)
    page.get_by_role("button", name="Sign in").first.click()
    expect(page).to_have_url(re.compile("/me/$"))
    page.goto("/accounts/sessions/")
    assert_accessible(page)
    assert_no_sideways(page)
    page.get_by_role("button", name="Sign out everywhere else").click()
    expect(page.get_by_role("button", name="Sign out everywhere else")).to_have_count(0)
    phone.goto("/me/")
    expect(phone.get_by_role("heading", name="Sign in")).to_be_visible()


def test_without_javascript_one_signs_up_and_confirms_before_writing(world: World, no_js: Page) -> None:
    no_js.goto("/accounts/signup/")
    expect(no_js.locator("noscript p")).to_be_visible()
    expect(no_js.get_by_label("Leave this field empty")).not_to_be_in_viewport()
    _sign_up(no_js)
    expect(no_js.locator("main")).to_contain_text("Confirm your e-mail address first")
    no_js.goto("/cities/new/")
    expect(no_js.get_by_role("link", name="Send the mail again, or change the address")).to_be_visible()
    no_js.goto(_link())
    no_js.get_by_role("button", name="Yes, confirm it").click()
    no_js.goto("/cities/new/")
    expect(no_js.get_by_role("heading", name="Found a city")).to_be_visible()


def test_the_sign_up_page_is_accessible_and_fits_a_phone(
    phone: Page, assert_accessible: Check, assert_no_sideways: Check
) -> None:
    phone.goto("/accounts/signup/")
    assert_accessible(phone)
    assert_no_sideways(phone)
    phone.get_by_label("Sign-in name").focus()
    expect(phone.locator("[name=solution]")).to_have_value(re.compile(r"^\d+(,\d+){15}$"))
