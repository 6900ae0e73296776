"""A session that ended while somebody wrote costs them a sign-in, and no text."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from forum.views.kept import KEPT_CHARACTERS, SESSION_KEY, kept_for_login, login_required_to_write, take_kept
from tests.world import PASSWORD, World, make_person

FORM = "/t/7/replies/"
TYPED = {"body": "三塊板的橋。\nThree planks.", "to": "2"}


class Nobody:
    """A visitor."""

    is_authenticated = False


class Messages(list[str]):
    """What would be said on the next page."""

    def add(self, level: int, text: str, extra_tags: str) -> None:
        self.append(text)


def sent(path: str = FORM, fields: dict[str, str] | None = None, **headers: str) -> HttpRequest:
    """Return a POST of somebody whose session is gone."""
    request = RequestFactory().post(path, TYPED if fields is None else fields, headers=headers)
    request.session = SessionStore()
    request.user = Nobody()  # type: ignore[assignment]
    request._messages = Messages()  # type: ignore[attr-defined]
    return request


def opened(session: SessionStore, path: str = FORM) -> HttpRequest:
    """Return a GET of the same person, signed in."""
    request = RequestFactory().get(path)
    request.session = session
    request.user = make_person("ann")
    return request


@pytest.mark.django_db
def test_the_text_is_there_when_the_form_is_opened_again_and_only_once() -> None:
    request = sent()
    answer = kept_for_login(request, f"{FORM}?to=2")
    assert answer.headers["Location"] == "/accounts/login/?next=/t/7/replies/%3Fto%3D2"
    again = opened(request.session)
    assert take_kept(again) == TYPED
    assert take_kept(again) is None


@pytest.mark.django_db
def test_the_text_belongs_to_its_form_alone() -> None:
    request = sent()
    kept_for_login(request)
    assert take_kept(opened(request.session, "/t/8/replies/")) is None
    assert SESSION_KEY in request.session


@pytest.mark.django_db
def test_htmx_is_led_to_the_sign_in_page() -> None:
    answer = kept_for_login(sent(**{"HX-Request": "true"}))
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, f"/accounts/login/?next={FORM}")


@pytest.mark.django_db
def test_a_book_is_not_kept() -> None:
    request = sent(fields={"body": "長" * (KEPT_CHARACTERS + 1)})
    assert kept_for_login(request).status_code == 302
    assert SESSION_KEY not in request.session


@pytest.mark.django_db
def test_one_address_cannot_fill_the_store(settings: Settings) -> None:
    settings.RATE_LIMITS = {"posting": "2/10m"}
    requests = [sent() for _ in range(3)]
    assert [kept_for_login(request).status_code for request in requests] == [302] * 3
    assert [SESSION_KEY in request.session for request in requests] == [True, True, False]


@pytest.mark.django_db
def test_an_address_of_another_site_is_not_led_to() -> None:
    request = sent()
    request.path = "//evil.example/replies/"
    answer = kept_for_login(request)
    assert answer.headers["Location"] == "/accounts/login/?next=/%252Fevil.example/replies/"


@login_required_to_write(lambda request, thread: f"/t/{thread}/replies/new/")
def reply(request: HttpRequest, thread: int) -> HttpResponse:
    return HttpResponse("written")


@pytest.mark.django_db
def test_a_writing_view_asks_for_sign_in_and_keeps_the_text(world: World) -> None:
    request = sent()
    assert reply(request, thread=7).headers["Location"].endswith("?next=/t/7/replies/new/")
    assert request.session[SESSION_KEY]["fields"] == TYPED
    request.user = world.mei
    assert reply(request, thread=7).content == b"written"


def test_signing_in_keeps_what_was_kept(world: World, client: Client) -> None:
    session = client.session
    session[SESSION_KEY] = {"for": FORM, "fields": TYPED}
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    answer = client.post("/accounts/login/", {"login": "cai", "password": PASSWORD, "next": FORM})
    assert answer.headers["Location"] == FORM
    assert client.session[SESSION_KEY]["fields"] == TYPED


def test_a_statement_of_an_application_is_kept_as_well(world: World, client: Client) -> None:
    answer = client.post("/c/hilltop/apply/", {"statement": "I like hills."})
    client.post(answer.headers["Location"], {"login": "rita", "password": PASSWORD})
    assert ">\nI like hills.</textarea>" in client.get("/c/hilltop/apply/").content.decode()
