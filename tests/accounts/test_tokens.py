"""Forms of visitors: known by where they come from; everything else by its token."""

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tests.permissions.table import addresses
from tests.world import World

HERE = "http://testserver"
CHOICE = {"theme": "dark", "next": "/cities/"}


@pytest.fixture
def visitor() -> Client:
    return Client(enforce_csrf_checks=True)


def choose(visitor: Client, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return visitor.post("/accounts/preferences/", CHOICE, headers=named)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": HERE},
        {"Sec_Fetch_Site": "same-origin"},
        {"Origin": HERE, "Sec_Fetch_Site": "same-origin"},
    ],
)
def test_a_visitor_chooses_without_a_token(db: None, visitor: Client, headers: dict[str, str]) -> None:
    answer = choose(visitor, **headers)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/cities/")
    assert answer.cookies["theme"].value == "dark"
    assert "csrftoken" not in answer.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "https://testserver"},
        {"Origin": "http://testserver:8080"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": HERE, "Sec_Fetch_Site": "cross-site"},
        {"Origin": "https://evil.example", "Sec_Fetch_Site": "same-origin"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Referer": f"{HERE}/"},
    ],
)
def test_who_does_not_say_that_the_form_is_ours_needs_a_token(
    db: None, visitor: Client, headers: dict[str, str]
) -> None:
    answer = choose(visitor, **headers)
    assert answer.status_code == 403
    assert "theme" not in answer.cookies


def test_who_has_a_session_needs_a_token(world: World, visitor: Client) -> None:
    visitor.force_login(world.coco)
    assert choose(visitor, Origin=HERE, Sec_Fetch_Site="same-origin").status_code == 403
    world.coco.refresh_from_db()
    assert world.coco.theme == "auto"
    visitor.logout()
    visitor.cookies["sessionid"] = "of-a-session-that-is-over"
    assert choose(visitor, Origin=HERE).status_code == 403


def test_no_other_form_is_taken_without_a_token(world: World, visitor: Client) -> None:
    assert get_resolver().url_patterns
    marked = {name for name, one in addresses().items() if getattr(one.callback, "takes_visitors_forms", False)}
    assert marked == {"preferences"}
    for name in ("account_login", "account_signup", "account_reset_password"):
        answer = visitor.post(reverse(name), {}, headers={"Origin": HERE, "Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 403, name
    answer = visitor.post(f"/t/{world.thread.pk}/replies/", {"body": "Hello"}, headers={"Origin": HERE})
    assert answer.status_code == 403


def test_visitors_get_a_token_where_they_give_something_of_their_own(world: World, visitor: Client) -> None:
    for path in ("/", f"/t/{world.thread.pk}/", "/search/", "/rights/", "/nowhere/"):
        answer = visitor.get(path)
        assert "csrfmiddlewaretoken" not in answer.content.decode(), path
        assert not answer.cookies, path
    answer = visitor.get("/accounts/login/")
    assert "csrfmiddlewaretoken" in answer.content.decode()
    assert "csrftoken" in answer.cookies
    visitor.force_login(world.coco)
    assert 'name="csrfmiddlewaretoken"' in visitor.get("/rights/").content.decode()
