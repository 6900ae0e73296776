"""Browsers that somebody signed in with before, the mail about a new one, and taking the account back."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.browsers import network_of
from accounts.models import KnownBrowser, User
from accounts.rescue import LASTS, browser_of
from tests.accounts.test_entrance import NEW
from tests.clients import text_of
from tests.world import PASSWORD, World

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
PHONE = "Mozilla/5.0 (iPhone) Version/18 Safari/605"


def sign_in(user: User, says: str = WINDOWS, address: str = "203.0.113.7", client: Client | None = None) -> Client:
    """Sign a person in by the form and return the browser."""
    client = client or Client()
    headers: dict[str, Any] = {"HTTP_USER_AGENT": says, "REMOTE_ADDR": address}
    done = client.post("/accounts/login/", {"login": user.username, "password": PASSWORD}, **headers)
    assert done.status_code == 302
    return client


def rescue_link() -> str:
    """Return the address in the last mail about a sign-in."""
    found = re.search(r"http://testserver(/accounts/not-me/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_the_first_browser_of_an_account_is_nobody_else_s(world: World) -> None:
    sign_in(world.cai)
    assert mail.outbox == []
    assert KnownBrowser.objects.get(user=world.cai).kind == "Firefox · Windows"


def test_a_new_browser_is_told_by_mail_with_when_what_and_where(world: World) -> None:
    sign_in(world.cai)
    sign_in(world.cai, PHONE, "198.51.100.9")
    message = mail.outbox[-1]
    assert message.to == ["cai@example.org"]
    assert "new sign-in" in str(message.subject)
    for said in ("Safari · iPhone", "198.51.100.9", "Asia/Taipei", str(timezone.localtime().year)):
        assert said in str(message.body)


@pytest.mark.parametrize("case", ["the same browser on a journey", "its cookies thrown away at home"])
def test_what_is_known_is_not_told(world: World, case: str) -> None:
    client = sign_in(world.cai)
    client.post("/accounts/logout/")
    if case == "the same browser on a journey":
        sign_in(world.cai, address="198.51.100.9", client=client)
    else:
        sign_in(world.cai, address="203.0.113.200")
    assert mail.outbox == []


def test_the_same_browser_elsewhere_without_its_cookie_is_told(world: World) -> None:
    sign_in(world.cai)
    sign_in(world.cai, address="198.51.100.9")
    assert len(mail.outbox) == 1


def test_two_people_of_one_browser_are_not_seen_to_share_it(world: World) -> None:
    client = sign_in(world.cai)
    client.post("/accounts/logout/")
    sign_in(world.coco, client=client)
    assert KnownBrowser.objects.values("mark").distinct().count() == 2
    assert client.cookies["browser"]["httponly"]
    assert client.cookies["browser"].value not in KnownBrowser.objects.values_list("mark", flat=True)


def test_the_mail_speaks_the_person_s_language(world: World) -> None:
    sign_in(world.cai)
    User.objects.filter(pk=world.cai.pk).update(language="zh-hant")
    sign_in(world.cai, PHONE, "198.51.100.9")
    assert str(mail.outbox[-1].subject).endswith("城市討論區")


def test_taking_the_account_back_shuts_everybody_out(world: World) -> None:
    EmailAddress.objects.create(user=world.cai, email="cai@example.org", primary=True, verified=True)
    here = sign_in(world.cai)
    thief = sign_in(world.cai, PHONE, "198.51.100.9")
    link = rescue_link()
    Authenticator.objects.create(user=world.cai, type="totp", data={})
    EmailAddress.objects.filter(user=world.cai).update(email="thief@example.com")
    User.objects.filter(pk=world.cai.pk).update(email="thief@example.com")
    owner = Client()
    assert "Safari · iPhone" in text_of(owner.get(link))
    assert thief.get("/me/").status_code == 200  # looking changes nothing
    page = owner.post(link, follow=True)
    assert "Choose a new password" in text_of(page)
    assert [one.get("/me/").status_code for one in (here, thief)] == [302, 302]
    assert not Authenticator.objects.filter(user=world.cai).exists()
    owner.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    world.cai.refresh_from_db()
    assert world.cai.check_password(NEW)
    assert world.cai.email == "cai@example.org"
    assert EmailAddress.objects.get(user=world.cai).email == "cai@example.org"


def test_the_address_comes_back_also_when_a_thief_signed_up_with_it(world: World) -> None:
    sign_in(world.cai)
    sign_in(world.cai, PHONE, "198.51.100.9")
    link = rescue_link()
    EmailAddress.objects.filter(user=world.cai).delete()
    EmailAddress.objects.create(user=world.cai, email="thief@example.com", primary=True, verified=True)
    User.objects.filter(pk=world.cai.pk).update(email="thief@example.com")
    User.objects.filter(pk=world.rita.pk).update(email="Cai@example.org")  # claimed, and never confirmed
    Client().post(link)
    world.cai.refresh_from_db()
    world.rita.refresh_from_db()
    assert (world.cai.email, world.rita.email) == ("cai@example.org", "")
    assert EmailAddress.objects.get(user=world.cai).email == "cai@example.org"


def test_an_address_that_somebody_else_has_confirmed_is_theirs_but_the_thief_s_goes(world: World) -> None:
    sign_in(world.cai)
    sign_in(world.cai, PHONE, "198.51.100.9")
    link = rescue_link()
    User.objects.filter(pk=world.cai.pk).update(email="thief@example.com")
    EmailAddress.objects.filter(user__in=(world.cai, world.rita)).delete()
    EmailAddress.objects.create(user=world.rita, email="cai@example.org", primary=True, verified=True)
    User.objects.filter(pk=world.rita.pk).update(email="cai@example.org")
    Client().post(link)
    world.cai.refresh_from_db()
    world.rita.refresh_from_db()
    assert (world.cai.email, world.rita.email) == ("", "cai@example.org")
    assert not EmailAddress.objects.filter(user=world.cai).exists()


def test_the_link_of_a_second_new_browser_undoes_what_the_first_one_did(world: World) -> None:
    sign_in(world.cai)
    sign_in(world.cai, PHONE, "198.51.100.9")
    between = timezone.now()
    sign_in(world.cai, "Mozilla/5.0 (X11; Linux) Chrome/140", "192.0.2.44")
    Authenticator.objects.create(user=world.cai, type="webauthn", data={}, created_at=between)
    Client().post(rescue_link())
    assert not Authenticator.objects.filter(user=world.cai).exists()


def test_a_factor_that_was_there_before_stays(world: World) -> None:
    Authenticator.objects.create(user=world.cai, type="recovery_codes", data={})
    Authenticator.objects.update(created_at=timezone.now() - timedelta(days=30))
    sign_in(world.cai)
    sign_in(world.cai, PHONE, "198.51.100.9")
    Client().post(rescue_link())
    assert Authenticator.objects.filter(user=world.cai).exists()


def test_the_link_holds_once_and_for_a_week(world: World) -> None:
    sign_in(world.cai)
    sign_in(world.cai, PHONE, "198.51.100.9")
    link = rescue_link()
    with time_machine.travel(timezone.now() + timedelta(seconds=LASTS + 5)):
        assert Client().get(link).status_code == 404
    assert Client().post(link).status_code == 302
    again = Client().post(link)
    assert (again.status_code, "no longer holds" in text_of(again)) == (404, True)


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "made-up", "WzEsICJhQGIuYyJd:1:2"])
def test_a_made_up_link_is_none(token: str) -> None:
    assert browser_of(token) is None


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2::", "2001:db8:1::/48"),
        ("unknown", ""),
    ],
)
def test_a_network_is_as_wide_as_a_provider_hands_out(address: str, network: str) -> None:
    assert network_of(address) == network
