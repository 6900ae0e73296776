"""The second factor: an app, recovery codes, and the list of sessions. Passkeys are tried in Chromium."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.browser_names import browser_name
from accounts.models import User
from tests.clients import text_of
from tests.world import PASSWORD, World

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"


def _signed_in(user: User, agent: str = WINDOWS) -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    return client


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def _with_app(world: World) -> tuple[User, str, list[str]]:
    """Set up an app for Cai; return him, the secret and the recovery codes."""
    EmailAddress.objects.update_or_create(user=world.cai, email=world.cai.email, defaults={"verified": True})
    client = _signed_in(world.cai)
    assert "Is it you?" in text_of(client.get("/accounts/2fa/totp/activate/", follow=True))
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = text_of(client.get("/accounts/2fa/totp/activate/"))
    found = re.search(r'class="qr__secret">([A-Z2-7]+)<', page)
    assert found
    codes = client.post("/accounts/2fa/totp/activate/", {"code": _code(found[1])}, follow=True)
    return world.cai, found[1], re.findall(r"<li><code>(\d{8})</code></li>", text_of(codes))


def test_an_app_is_set_up_and_then_asked_for(world: World) -> None:
    cai, secret, codes = _with_app(world)
    assert len(codes) == 10
    cache.clear()
    client = _signed_in(cai)
    assert "_auth_user_id" not in client.session
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "This code does not fit" in text_of(wrong)
    assert client.post("/accounts/2fa/authenticate/", {"code": _code(secret)}).headers["Location"] == "/me/"
    assert "_auth_user_id" in client.session


def test_a_recovery_code_opens_the_account_once(world: World) -> None:
    cai, _secret, codes = _with_app(world)
    first = _signed_in(cai)
    first.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert "_auth_user_id" in first.session
    second = _signed_in(cai)
    second.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert "_auth_user_id" not in second.session


def test_secrets_are_not_stored_in_the_clear(world: World) -> None:
    _cai, secret, codes = _with_app(world)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert not any(code in stored for code in codes)
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(_code(secret))


def test_setting_up_asks_for_a_confirmed_address_and_says_so(world: World) -> None:
    EmailAddress.objects.create(user=world.coco, email=world.coco.email, primary=True, verified=False)
    client = _signed_in(world.coco)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    answer = client.get("/accounts/2fa/totp/activate/", follow=True)
    assert "Confirm your e-mail address first" in text_of(answer)


def test_giving_the_app_up_asks_who_it_is_and_tells_by_mail(world: World) -> None:
    cai, secret, _codes = _with_app(world)
    cache.clear()
    client = Client()
    client.force_login(cai)
    asked = client.get("/accounts/2fa/totp/deactivate/", follow=True)
    assert "Is it you?" in text_of(asked)
    client.post("/accounts/2fa/reauthenticate/", {"code": _code(secret)})
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=cai, type="totp").exists()
    assert mail.outbox[-1].to == [cai.email]


def test_a_person_signs_out_everywhere_else(world: World) -> None:
    here, there = _signed_in(world.coco), _signed_in(world.coco, "Mozilla/5.0 (iPhone) Safari/605")
    page = text_of(here.get("/accounts/sessions/"))
    assert "Firefox · Windows" in page
    assert "Safari · iPhone" in page
    here.post("/accounts/sessions/")
    assert there.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (WINDOWS, "Firefox · Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18 Safari/605", "Safari · macOS"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140", "Edge · Windows"),
        ("curl/8.5.0", "curl/8.5.0"),
    ],
)
def test_a_browser_is_known_by_what_it_says(said: str, name: str) -> None:
    assert browser_name(said) == name
