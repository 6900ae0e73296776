"""Signing up, in and out, and getting back in when one forgot the password."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.world import PASSWORD, World, make_person

NEW = "a bridge of three planks"


def newcomer(**fields: str) -> dict[str, str]:
    """Return a filled-in sign-up form."""
    return {
        "username": "shen",
        "display_name": "沈芸",
        "email": "shen@example.org",
        "password1": NEW,
        "password2": NEW,
        **fields,
    }


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def link_in_mail(number: int = -1) -> str:
    """Return the address in a mail, without the name of the site."""
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[number].body))
    assert found
    return found.group(1)


@pytest.mark.django_db
def test_who_signs_up_is_signed_in_and_lands_where_they_wanted(client: Client) -> None:
    answer = client.post("/accounts/signup/", newcomer(next="/c/stoneferry/"))
    assert answer.headers["Location"] == "/c/stoneferry/"
    assert signed_in(client)
    assert User.objects.get(username="shen").name == "沈芸"


@pytest.mark.django_db
def test_without_a_wish_one_lands_on_ones_own_page(client: Client) -> None:
    assert client.post("/accounts/signup/", newcomer()).headers["Location"] == "/me/"


ELSEWHERE = ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_one_never_lands_on_another_site(world: World, client: Client, address: str) -> None:
    sent = {"login": "cai", "password": PASSWORD, "next": address}
    for path in ("/accounts/login/", f"/accounts/login/?next={address}"):
        assert client.post(path, sent).headers["Location"] == "/me/"
        assert client.post("/accounts/logout/", {"next": address}).headers["Location"] == "/"
    assert client.post("/accounts/preferences/", {"size": "large", "next": address}).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"username": "CAI"}, "already exists"),
        ({"username": "ｃａｉ"}, "already exists"),
        ({"username": "c\u0430i"}, "letters of one alphabet"),
        ({"username": "-cai"}, "begin and end with a letter or digit"),
        ({"username": "admin"}, "can not be used"),
        ({"display_name": "蔡渡"}, "known by this name already"),
        ({"display_name": "MEI"}, "known by this name already"),
        ({"display_name": "Me\u200bi"}, "cannot be seen"),
        ({"display_name": "\u202eieM"}, "cannot be seen"),
        ({"email": "CAI@example.org"}, "already registered"),
        ({"password2": "something else"}, "same password"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password1": "1234567890", "password2": "1234567890"}, "too common"),
    ],
)
def test_sign_up_refuses_and_says_why(world: World, client: Client, fields: dict[str, str], said: str) -> None:
    page = client.post("/accounts/signup/", newcomer(**fields)).content.decode()
    assert said in page
    assert not signed_in(client)


@pytest.mark.parametrize("login", ["cai", "CAI", "cai@example.org", "Cai@Example.org"])
def test_one_signs_in_by_name_or_address_in_any_case(world: World, client: Client, login: str) -> None:
    assert client.post("/accounts/login/", {"login": login, "password": PASSWORD}).status_code == 302
    assert signed_in(client)


def test_a_wrong_password_does_not_say_whether_the_name_exists(world: World, client: Client) -> None:
    pages = [
        client.post("/accounts/login/", {"login": login, "password": "wrong"}).content.decode()
        for login in ("cai", "xyz")
    ]
    said = [re.findall(r'<li class="?[^>]*>(.*?)</li>|<li>(.*?)</li>', page) for page in pages]
    assert said[0] == said[1]
    assert not signed_in(client)


def test_five_wrong_passwords_close_the_door_for_a_while(world: World, client: Client) -> None:
    for _ in range(5):
        client.post("/accounts/login/", {"login": "cai", "password": "wrong"})
    client.post("/accounts/login/", {"login": "cai", "password": PASSWORD})
    assert not signed_in(client)


def test_signing_out_takes_a_click_on_a_form(world: World, client: Client) -> None:
    client.force_login(world.cai)
    client.get("/accounts/logout/")
    assert signed_in(client)
    assert client.post("/accounts/logout/").headers["Location"] == "/"
    assert not signed_in(client)


def test_a_forgotten_password_is_replaced_by_mail(world: World, client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": "cai@example.org"})
    assert [message.to for message in mail.outbox] == [["cai@example.org"]]
    link = link_in_mail()
    form = client.get(link, follow=True)
    answer = client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert answer.status_code == 302
    assert client.post("/accounts/login/", {"login": "cai", "password": NEW}).status_code == 302
    assert "no longer valid" in Client().get(link).content.decode()


@pytest.mark.django_db
def test_an_unknown_address_learns_nothing_on_the_page(client: Client) -> None:
    known = make_person("ann")
    answers = [client.post("/accounts/password/reset/", {"email": one}) for one in (known.email, "no@example.org")]
    assert [answer.headers["Location"] for answer in answers] == ["/accounts/password/reset/done/"] * 2
    assert "There is no account with it" in str(mail.outbox[1].body)


@pytest.mark.django_db
def test_an_account_from_an_archive_cannot_be_entered(client: Client) -> None:
    archived = make_person("oldhand", is_claimable=True)
    archived.set_unusable_password()
    archived.save()
    client.post("/accounts/login/", {"login": "oldhand", "password": ""})
    client.post("/accounts/login/", {"login": "oldhand", "password": PASSWORD})
    client.post("/accounts/password/reset/", {"email": archived.email})
    assert not signed_in(client)
    assert not any("password/reset/key" in str(message.body) for message in mail.outbox)


def test_the_password_is_changed_and_the_person_told(world: World, client: Client) -> None:
    client.force_login(world.cai)
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", sent).status_code == 302
    assert signed_in(client)
    world.cai.refresh_from_db()
    assert world.cai.check_password(NEW)
    assert mail.outbox[-1].to == ["cai@example.org"]


def test_an_address_changes_when_it_is_proven_and_the_password_given(world: World, client: Client) -> None:
    EmailAddress.objects.create(user=world.cai, email=world.cai.email, verified=True, primary=True)
    client.force_login(world.cai)
    asked = client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    world.cai.refresh_from_db()
    assert world.cai.email == "cai@example.org"
    client.post(link_in_mail())
    world.cai.refresh_from_db()
    assert world.cai.email == "new@example.org"


@pytest.mark.django_db
def test_who_proves_an_address_has_it_not_who_claimed_it(client: Client) -> None:
    client.post("/accounts/signup/", newcomer(username="squatter", email="ann@example.com", display_name=""))
    cache.clear()  # a mail to the same address goes out only every three minutes
    ann, other = make_person("ann"), Client()
    other.force_login(ann)
    other.post("/accounts/reauthenticate/", {"password": PASSWORD})
    other.post("/accounts/email/", {"action_add": "", "email": "ann@example.com"})
    other.post(link_in_mail())
    ann.refresh_from_db()
    assert ann.email == "ann@example.com"
    assert User.objects.get(username="squatter").email == ""


@pytest.mark.django_db
def test_a_site_may_ask_for_a_proven_address_first(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    answer = client.post("/accounts/signup/", newcomer(next="/c/stoneferry/"))
    assert answer.headers["Location"] == "/accounts/confirm-email/"
    assert "We sent you a mail" in client.get("/accounts/confirm-email/").content.decode()
    assert not signed_in(client)
    client.post(link_in_mail())
    assert client.post("/accounts/login/", {"login": "shen", "password": NEW}).status_code == 302
    assert signed_in(client)


@pytest.mark.django_db
def test_then_sign_up_does_not_tell_who_has_an_account(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    known = make_person("ann")
    answer = client.post("/accounts/signup/", newcomer(email=known.email))
    assert answer.headers["Location"] == "/accounts/confirm-email/"
    assert "It has an account already" in str(mail.outbox[-1].body)
    assert not User.objects.filter(username="shen").exists()


@pytest.mark.django_db
def test_without_a_mail_server_one_can_still_sign_up(client: Client, settings: Settings) -> None:
    closed = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": {"host": "127.0.0.1", "port": 1}}
    settings.MAILERS = {"default": closed}
    assert client.post("/accounts/signup/", newcomer()).headers["Location"] == "/me/"
    assert signed_in(client)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_mails_speak_the_reader_s_language(client: Client, language: str) -> None:
    make_person("ann")
    client.post("/accounts/preferences/", {"language": language})
    client.post("/accounts/password/reset/", {"email": "ann@example.org"})
    message = mail.outbox[0]
    assert str(message.subject).endswith("Cityboards" if language == "en" else "城市討論區")
    assert "ann" in str(message.body)
    assert "\n\n\n" not in str(message.body)
