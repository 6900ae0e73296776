"""Signing in with an account elsewhere: the OpenID Connect provider is a process of its own, on the loopback."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.clients import browser, text_of
from tests.house.files import ROOT
from tests.world import PASSWORD, World

SHEN = {"sub": "s1", "email": "shen@example.org", "email_verified": True, "preferred_username": "shen", "name": "沈芸"}
CAI = {"sub": "c1", "email": "cai@example.org", "email_verified": True, "preferred_username": "cai"}
LOGIN = "/accounts/oidc/provider/login/"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a provider that knows two people."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    people = [option for one in (SHEN, CAI) for option in ("--user-claims", json.dumps(one))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *people]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    home, until = f"http://127.0.0.1:{port}", time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{home}/.well-known/openid-configuration", timeout=5).close()
            break
        except (URLError, OSError):
            assert process.poll() is None and time.monotonic() < until, "The provider did not start."
            time.sleep(0.1)
    yield home
    process.terminate()
    process.wait(10)


def known(address: str) -> dict[str, Any]:
    """Return the setting with a provider at the address."""
    app = {"provider_id": "provider", "name": "Guild", "client_id": "cityboards", "secret": "s"}
    app["settings"] = {"server_url": address}  # type: ignore[assignment]
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


@pytest.fixture
def provider(address: str, settings: Settings) -> str:
    """The provider, known to the site as Guild."""
    settings.SOCIALACCOUNT_PROVIDERS = known(address)
    return address


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing, so that the browser of the test goes on itself."""

    def redirect_request(self, *args: Any) -> None:
        """Stay."""


def go_through(client: Client, sub: str, way: str = LOGIN) -> Any:
    """Press the button, say at the provider who one is, and return the answer of our site after coming back."""
    asked = client.post(way)
    assert asked.status_code == 302
    form = urlencode({"sub": sub}).encode()
    with pytest.raises(HTTPError) as moved:
        urllib.request.build_opener(_Stay).open(asked.headers["Location"], form, timeout=10)
    back = str(moved.value.headers["Location"]).removeprefix("http://testserver")
    assert back.startswith("/accounts/oidc/provider/login/callback/")
    return client.get(back)


@pytest.mark.django_db
def test_a_site_without_a_provider_shows_no_button(client: Client) -> None:
    assert "oidc" not in text_of(client.get("/accounts/login/"))
    assert client.post(LOGIN).status_code == 404


@pytest.mark.django_db
def test_somebody_signs_up_with_it_and_chooses_a_name(client: Client, provider: str) -> None:
    for page in ("login", "signup"):
        assert "Go on with Guild" in text_of(client.get(f"/accounts/{page}/"))
    assert go_through(client, "s1").headers["Location"] == "/accounts/3rdparty/signup/"
    page = text_of(client.get("/accounts/3rdparty/signup/"))
    for offered in ('value="shen"', 'value="沈芸"', 'value="shen@example.org"'):
        assert offered in page
    sent = {"username": "yun", "display_name": "沈芸", "email": "shen@example.org"}
    assert client.post("/accounts/3rdparty/signup/", sent).headers["Location"] == "/me/"
    yun = User.objects.get(username="yun")
    assert (yun.name, yun.must_confirm, yun.has_usable_password()) == ("沈芸", False, False)
    assert EmailAddress.objects.get(user=yun).verified
    again = Client()
    assert go_through(again, "s1").headers["Location"] == "/me/"
    assert again.get("/me/").status_code == 200


def test_a_name_of_somebody_else_is_refused_there_too(world: World, client: Client, provider: str) -> None:
    go_through(client, "s1")
    sent = {"username": "yun", "display_name": "Coco", "email": "shen@example.org"}
    assert "known by this name already" in text_of(client.post("/accounts/3rdparty/signup/", sent))


def test_it_does_not_open_an_account_that_only_has_the_same_address(
    world: World, client: Client, provider: str
) -> None:
    EmailAddress.objects.create(user=world.cai, email="cai@example.org", primary=True, verified=True)
    go_through(client, "c1")
    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.exists()


def test_a_member_connects_it_and_takes_it_away(world: World, provider: str) -> None:
    cai = browser(world.cai)
    EmailAddress.objects.create(user=world.cai, email="cai@example.org", primary=True, verified=True)
    assert "Connect Guild" in text_of(cai.get("/accounts/3rdparty/"))
    assert "/accounts/3rdparty/" in text_of(cai.get("/me/settings/"))
    asked = go_through(cai, "c1", f"{LOGIN}?process=connect")
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    cai.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert mail.outbox[-1].to == ["cai@example.org"]
    assert "sign in to your account with" in str(mail.outbox[-1].body)
    assert go_through(Client(), "c1").headers["Location"] == "/me/"
    cache.clear()
    account = SocialAccount.objects.get(user=world.cai)
    assert "Remove the connection" in text_of(cai.get("/accounts/3rdparty/"))
    cai.post("/accounts/3rdparty/", {"account": account.pk})
    assert not SocialAccount.objects.exists()


@pytest.mark.django_db
def test_a_site_by_invitation_stays_one(client: Client, provider: str, settings: Settings) -> None:
    settings.SIGNUP = "invitation"
    assert "New members come by invitation" in text_of(go_through(client, "s1"))


@pytest.mark.django_db
def test_nobody_comes_back_who_did_not_set_out(client: Client, provider: str) -> None:
    answer = client.get("/accounts/oidc/provider/login/callback/?code=x&state=y")
    assert (answer.status_code, "did not tell us who you are" in text_of(answer)) == (401, True)


@pytest.mark.django_db
def test_a_provider_that_does_not_answer_is_said_calmly(client: Client, settings: Settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = known("http://127.0.0.1:9")
    assert "did not tell us who you are" in text_of(client.post(LOGIN))


def test_the_settings_come_from_the_environment_and_forms_may_lead_there() -> None:
    told = {"OIDC_URL": "https://id.example/realm", "OIDC_NAME": "Guild", "OIDC_CLIENT_ID": "c", "OIDC_SECRET": "s"}
    ask = "from forum import settings as s; print(s.SECURE_CSP['form-action'], s.SOCIALACCOUNT_PROVIDERS)"
    command = [sys.executable, "-c", ask]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **told}, capture_output=True, text=True, check=True)
    assert "https://id.example'" in done.stdout
    assert "'server_url': 'https://id.example/realm'" in done.stdout
