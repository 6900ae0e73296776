"""Who does a thing too often waits; everybody else does not."""

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from accounts.limits import Limit, client_address, limited, parse_limit, take
from tests.world import make_person

ADDRESS = "/accounts/preferences/"


@pytest.fixture(autouse=True)
def _tight(settings: Settings) -> None:
    settings.RATE_LIMITS = {"posting": "3/10m", "acting": "5/10m", "preferences": "3/10m", "suggesting": "5/10m"}


@pytest.mark.parametrize(
    ("text", "limit"),
    [("20/10m", Limit(20, 600)), ("5/1d", Limit(5, 86400)), ("1/s", Limit(1, 1)), ("7/2h", Limit(7, 7200))],
)
def test_a_limit_is_number_and_period(text: str, limit: Limit) -> None:
    assert parse_limit(text) == limit


@pytest.mark.parametrize("text", ["", "20", "20/m10", "often", "-1/m", "20/10m/user"])
def test_anything_else_is_not_a_limit(text: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        parse_limit(text)


@pytest.mark.django_db
def test_the_limit_holds_for_each_person_and_kind_alone() -> None:
    assert [take("posting", "a") for _ in range(3)] == [0, 0, 0]
    assert take("posting", "a") > 0
    assert take("posting", "b") == 0
    assert take("acting", "a") == 0


def test_what_is_counted_near_asks_no_database() -> None:
    assert [take("posting", "a", near=True) for _ in range(3)] == [0, 0, 0]
    assert take("posting", "a", near=True) > 0
    assert take("posting", "b", near=True) == 0


@pytest.mark.django_db
def test_the_window_slides() -> None:
    with time_machine.travel("2026-09-03T12:00:00Z", tick=False) as clock:
        assert take("posting", "a") == 0
        clock.shift(300)
        assert [take("posting", "a") for _ in range(2)] == [0, 0]
        assert take("posting", "a") == 300
        clock.shift(301)
        assert take("posting", "a") == 0
        assert take("posting", "a") == 299


@pytest.mark.parametrize(
    ("remote", "forwarded", "behind_proxy", "address"),
    [
        ("203.0.113.9", "", False, "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", False, "203.0.113.9"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", True, "198.51.100.1"),
        ("127.0.0.1", "nonsense", True, "unknown"),
        ("2001:db8:1:2:3:4:5:6", "", False, "2001:db8:1:2::"),
        ("::ffff:203.0.113.9", "", False, "203.0.113.9"),
        ("", "", False, "unknown"),
    ],
)
def test_the_address_is_what_our_own_proxy_says(
    settings: Settings, rf: RequestFactory, remote: str, forwarded: str, behind_proxy: bool, address: str
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    extra = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert client_address(rf.get("/", REMOTE_ADDR=remote, **extra)) == address


@pytest.mark.django_db
def test_the_fourth_time_is_refused_with_the_seconds_to_wait(client: Client) -> None:
    answers = [client.post(ADDRESS, {"size": "large"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert 0 < int(answers[3].headers["Retry-After"]) <= 600
    page = answers[3].content.decode()
    assert "errorpage" in page
    assert "Please wait 10 minutes" in page


@pytest.mark.django_db
def test_two_members_at_one_address_do_not_share_a_limit(client: Client) -> None:
    for name in ("ann", "ben"):
        client.force_login(make_person(name))
        assert [client.post(ADDRESS, {"size": "large"}).status_code for _ in range(4)] == [302, 302, 302, 429]


@pytest.mark.django_db
def test_what_was_typed_can_be_sent_again(client: Client) -> None:
    text = "三塊板的橋。\n</textarea><b>Three planks & more"
    for _ in range(3):
        client.post(ADDRESS, {"size": "large"})
    page = client.post(f"{ADDRESS}?to=3", {"body": text, "size": "large"}).content.decode()
    assert 'action="/accounts/preferences/?to=3"' in page
    assert "三塊板的橋。\n&lt;/textarea&gt;&lt;b&gt;Three planks &amp; more</textarea>" in page
    assert '<input type="hidden" name="size" value="large">' in page


@pytest.mark.django_db
def test_htmx_gets_the_refusal_over_the_page(client: Client) -> None:
    for _ in range(3):
        client.post(ADDRESS, {"size": "large"})
    answer = client.post(ADDRESS, {"size": "large"}, headers={"HX-Request": "true"})
    assert answer.status_code == 429
    assert answer.headers["HX-Retarget"] == "#overlay"
    assert "<html" not in answer.content.decode()


@limited("posting")
def a_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


@limited("posting", has_drafts=True)
def a_form_with_drafts(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


@limited("posting", reads=True)
def an_expensive_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


@pytest.mark.django_db
def test_looking_is_free_unless_it_is_expensive(client: Client, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = make_person("ann")
    assert [a_form(request).status_code for _ in range(5)] == [200] * 5
    request.session = client.session
    assert [an_expensive_page(request).status_code for _ in range(4)] == [200, 200, 200, 429]


@pytest.mark.django_db
def test_a_preview_is_a_light_act(client: Client, rf: RequestFactory) -> None:
    request = rf.post("/", {"preview": "1", "body": "x"})
    request.user = make_person("ann")
    request.session = client.session
    assert [a_form_with_drafts(request).status_code for _ in range(6)] == [200, 200, 200, 200, 200, 429]


@pytest.mark.django_db
def test_the_word_preview_makes_no_other_form_light(client: Client, rf: RequestFactory) -> None:
    request = rf.post("/", {"preview": "1", "body": "x"})
    request.user = make_person("ann")
    request.session = client.session
    assert [a_form(request).status_code for _ in range(4)] == [200, 200, 200, 429]
