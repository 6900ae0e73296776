"""Each thing that can go wrong has a page of ours, and none loses what was typed."""

import pytest
from django.conf import settings as site
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from pytest_django import Settings

from forum.actions.digests import keep_in_new_digest
from forum.permissions.verdicts import Forbidden
from forum.views import errors
from tests.clients import browser
from tests.world import World

TEXT = "第一行\n第二行 <script>alert(1)</script>"
SHOWN = "第一行\n第二行 &lt;script&gt;alert(1)&lt;/script&gt;</textarea>"
HTMX = {"HX-Request": "true"}


def whole(answer: HttpResponse, status: int) -> str:
    """Check that the answer is a page of the site's own look, and return it."""
    page = answer.content.decode()
    assert answer.status_code == status
    assert page.startswith("<!doctype html>")
    assert f'<p class="errorpage__code" aria-hidden="true">{status}</p>' in page
    return page


@pytest.mark.django_db
def test_an_unknown_address_is_a_404_in_our_look(client: Client) -> None:
    whole(client.get("/nowhere/at/all/"), 404)


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "There is nothing here"), ("zh-hant", "")])
def test_the_pages_speak_the_reader_s_language(client: Client, language: str, words: str) -> None:
    client.cookies[site.LANGUAGE_COOKIE_NAME] = language
    page = whole(client.get("/nowhere/at/all/"), 404)
    assert f'lang="{"zh-hant" if language != "en" else "en"}"' in page
    assert words in page


@pytest.mark.django_db
def test_an_address_that_only_takes_forms_says_so(client: Client) -> None:
    answer = client.get("/accounts/preferences/")
    whole(answer, 405)
    assert answer.headers["Allow"] == "POST"


@pytest.mark.django_db
def test_a_choice_that_does_not_exist_is_a_400(client: Client) -> None:
    whole(client.post("/accounts/preferences/", {"size": "enormous"}), 400)


@pytest.mark.django_db
def test_more_than_a_form_may_hold_is_a_413(client: Client, strict: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    strict.get("/accounts/login/")  # brings the cookie of the token
    for one in (client, strict):
        answer = one.post("/accounts/preferences/", f"body={'x' * 2000}", "application/x-www-form-urlencoded")
        whole(answer, 413)


def test_a_failure_on_our_side_needs_no_database(rf: RequestFactory) -> None:
    whole(errors.server_error(rf.get("/")), 500)
    answer = errors.server_error(rf.get("/", headers=HTMX))
    assert answer.headers["HX-Retarget"] == "#overlay"
    assert "<html" not in answer.content.decode()


@pytest.mark.django_db
def test_a_refusal_says_who_may_and_shows_what_was_typed(client: Client, rf: RequestFactory) -> None:
    request = rf.post("/t/1/replies/", {"body": TEXT})
    request.session = client.session
    page = whole(errors.forbidden(request, Forbidden("Only citizens write here.")), 403)
    assert "Only citizens write here." in page
    assert SHOWN in page
    assert "Send again" not in page


@pytest.mark.django_db
def test_what_one_wrote_to_may_be_gone_but_the_text_is_not(client: Client) -> None:
    assert SHOWN in whole(client.post("/nowhere/at/all/", {"body": TEXT}), 404)


@pytest.mark.django_db
def test_a_password_is_never_shown_again(client: Client) -> None:
    page = client.post("/nowhere/", {"login": "a" * 90, "password": "correct horse\nbattery"}).content.decode()
    assert "battery" not in page
    assert "a" * 90 not in page


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 403, 404])
def test_htmx_gets_a_dialog_over_the_page(client: Client, rf: RequestFactory, status: int) -> None:
    request = rf.get("/", headers=HTMX)
    request.session = client.session
    answer = {400: errors.bad_request, 403: errors.forbidden, 404: errors.not_found}[status](request)
    page = answer.content.decode()
    assert answer.status_code == status
    assert answer.headers["HX-Retarget"] == "#overlay"
    assert "dialog__title" in page
    assert "<html" not in page


@pytest.fixture
def strict() -> Client:
    """A browser that must show its token."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.django_db
def test_a_stale_form_is_shown_with_a_fresh_token_and_can_be_sent_again(strict: Client) -> None:
    sent = {"body": TEXT, "size": "large", "next": "/cities/"}
    strict.cookies["sessionid"] = "of somebody who was signed in"
    page = whole(strict.post("/accounts/preferences/", sent, headers={"Origin": "http://testserver"}), 403)
    assert SHOWN in page
    assert '<input type="hidden" name="size" value="large">' in page
    token = page.rpartition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    again = strict.post("/accounts/preferences/", {**sent, "csrfmiddlewaretoken": token})
    assert (again.status_code, again.headers["Location"]) == (302, "/cities/")


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Referer": "http://evil.example/x"}, {}])
def test_a_form_of_another_site_is_never_offered_for_sending(strict: Client, headers: dict[str, str]) -> None:
    page = whole(strict.post("/accounts/preferences/", {"body": TEXT, "size": "large"}, headers=headers), 403)
    assert SHOWN in page
    assert "Send again" not in page
    assert '<input type="hidden" name="size"' not in page


@pytest.mark.django_db
def test_a_stale_sign_in_form_is_not_repeated(strict: Client) -> None:
    sent = {"login": "mei", "password": "correct-horse-battery"}
    page = whole(strict.post("/accounts/login/", sent, headers={"Origin": "http://testserver"}), 403)
    assert "correct-horse" not in page
    assert 'href="/accounts/login/"' in page


def test_the_account_library_uses_our_429(world: World, client: Client) -> None:
    with override_settings(ACCOUNT_RATE_LIMITS={"login": "2/m/ip"}):
        wrong = {"login": "nobody", "password": "wrong"}
        answers = [client.post("/accounts/login/", wrong) for _ in range(3)]
    whole(answers[2], 429)
    assert int(answers[2].headers["Retry-After"]) > 0


@pytest.mark.parametrize("address", ["/cities/?q=a%00", "/c/stoneferry/log/?person=%00", "/u/a%00/", "/search/?q=%00"])
def test_an_address_with_a_nul_in_it_is_a_400(world: World, address: str) -> None:
    whole(Client().get(address), 400)


@pytest.mark.parametrize("mark", ["0001-01-01T00:00:00%2B23:59", "9999-12-31T23:59:59-23:59", "yesterday", "9" * 30])
def test_a_list_has_no_page_outside_of_the_calendar(world: World, mark: str) -> None:
    mei = Client()
    mei.force_login(world.mei)
    for page in ("log/?after={}~1", "guestbook/?before={}~1", "hall/?after={}~report~1", "hall/?before={}~report~1"):
        whole(mei.get(f"/c/stoneferry/{page.format(mark)}"), 404)


def test_who_must_join_first_is_shown_the_way_to_the_city(world: World) -> None:
    rita = Client()
    rita.force_login(world.rita)
    page = whole(rita.get(f"/t/{world.thread.pk}/replies/"), 403)
    assert "Only citizens write here. Join the city first." in page
    assert 'href="/c/stoneferry/"' in page.partition('class="errorpage"')[2]


def test_numbers_that_no_database_holds_lead_nowhere(world: World, client: Client) -> None:
    number = "9" * 20
    ends = ("/", "/focus/", "/book/", ".epub", "/print/")
    for path in [f"/feeds/t/{number}/", f"/feeds/t/1/?after={number}~{number}", f"/p/{number}/focus/"]:
        assert client.get(path).status_code in (200, 404), path
    assert [client.get(f"/t/{number}{end}").status_code for end in ends] == [404] * len(ends)
    for mark in ("5~1", f"{number}~1", f"2026-11-23~{number}"):
        for path in ("/feeds/", "/feeds/c/stoneferry/", "/feeds/u/cai/", "/feeds/log/", "/feeds/c/stoneferry/log/"):
            assert client.get(f"{path}?after={mark}").status_code in (200, 404), path
    keep_in_new_digest(world.opener, by=world.coco, title="Bridges", is_public=True)
    assert client.get("/feeds/u/coco/digests/bridges/?after=5~1").status_code in (200, 404)
    mine = browser(world.coco)
    for first in (number, "1" * 5000):
        assert mine.get(f"/me/digests/bridges/chapters/new/?before={first}").status_code in (200, 404)
