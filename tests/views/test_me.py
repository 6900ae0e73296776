"""One's own home and settings."""

import pytest

from accounts.models import User
from forum.actions.applications import apply_to_city
from forum.actions.digests import create_digest
from forum.actions.threads import create_thread
from tests.clients import browser, text_of
from tests.world import World


def test_home_shows_my_cities_with_my_role_and_what_is_new(world: World) -> None:
    create_thread(world.letters, by=world.cai, title="A letter from the ferry", body="Dear all")
    create_digest(by=world.dan, title="Rivers")
    page = text_of(browser(world.dan).get("/me/"))
    for words in ("石渡", "Deputy mayor", "A letter from the ferry", "Rivers"):
        assert words in page


def test_home_shows_my_posts_and_waiting_applications(world: World) -> None:
    apply_to_city(world.hilltop, by=world.coco, statement="I would like to see the hill.")
    page = text_of(browser(world.coco).get("/me/"))
    assert "I crossed it." in page
    assert "Waiting applications" in page
    assert "Hilltop" in page


def test_home_of_who_has_no_city_says_how_to_begin(world: World) -> None:
    assert "Join a city" in text_of(browser(world.rita).get("/me/"))


def test_home_and_settings_are_for_who_signed_in(world: World) -> None:
    for path in ("/me/", "/me/settings/"):
        assert browser().get(path)["Location"] == f"/accounts/login/?next={path}"


def test_settings_are_stored_and_take_effect(world: World) -> None:
    client = browser(world.rita)
    data = {
        "language": "zh-hant",
        "text_size": "large",
        "theme": "contrast",
        "writing": "vertical",
        "calendar": "roc",
        "time_zone": "Europe/Berlin",
        "shows_signatures": False,
    }
    sent = {name: value for name, value in data.items() if value is not False}
    assert client.post("/me/settings/", sent)["Location"] == "/me/settings/"
    rita = User.objects.get(pk=world.rita.pk)
    assert {name: getattr(rita, name) for name in data} == data
    page = text_of(client.get("/me/settings/"))
    assert 'lang="zh-hant"' in page
    assert 'data-size="large"' in page


def test_settings_that_are_wrong_keep_what_was_typed_and_change_nothing(world: World) -> None:
    client = browser(world.rita)
    response = client.post("/me/settings/", {"text_size": "large", "theme": "dark", "time_zone": "Mars/Olympus"})
    assert response.status_code == 422
    assert '<option value="large" selected>' in text_of(response)
    assert User.objects.get(pk=world.rita.pk).text_size == "medium"


def test_settings_lead_to_password_and_address(world: World) -> None:
    page = text_of(browser(world.rita).get("/me/settings/"))
    assert 'href="/accounts/password/change/"' in page
    assert 'href="/accounts/email/"' in page


@pytest.mark.parametrize("count", [1, 3, 50])
def test_home_takes_few_queries(world: World, django_assert_num_queries: object, count: int) -> None:
    for number in range(count):
        create_thread(world.letters, by=world.coco, title=f"Letter {number}", body="Words.")
        create_digest(by=world.coco, title="Rivers")
    client = browser(world.coco)
    with django_assert_num_queries(9):  # type: ignore[operator]
        client.get("/me/")
