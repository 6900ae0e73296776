"""Text size, theme and language are remembered: a visitor's by cookie, a member's in the account."""

import pytest
from django.test import Client

from accounts.forms import PreferencesForm
from tests.world import World

ADDRESS = "/accounts/preferences/"
SOMEWHERE = "/accounts/login/"


@pytest.mark.django_db
def test_a_visitor_s_choice_shows_on_the_next_page(client: Client) -> None:
    answer = client.post(ADDRESS, {"size": "xlarge", "theme": "dark", "next": SOMEWHERE})
    assert answer.headers["Location"] == SOMEWHERE
    page = client.get(SOMEWHERE).content.decode()
    assert 'data-theme="dark" data-size="xlarge"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_a_visitor_s_language_shows_on_the_next_page(client: Client, language: str) -> None:
    client.post(ADDRESS, {"language": language})
    answer = client.get(SOMEWHERE, headers={"Accept-Language": "de"})
    assert answer.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in answer.content.decode()


def test_a_member_s_choice_follows_them_to_another_device(world: World, client: Client) -> None:
    client.force_login(world.rita)
    client.post(ADDRESS, {"size": "small"})
    client.post(ADDRESS, {"theme": "light"})
    client.post(ADDRESS, {"language": "zh-hant"})
    other = Client()
    other.force_login(world.rita)
    answer = other.get("/nowhere/", headers={"Accept-Language": "en"})
    assert '<html lang="zh-hant" data-theme="light" data-size="small"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("sent", [{"size": "huge"}, {"theme": "pink"}, {"language": "xx"}])
def test_a_choice_that_does_not_exist_is_refused(client: Client, sent: dict[str, str]) -> None:
    answer = client.post(ADDRESS, sent)
    assert answer.status_code == 400
    assert not {"size", "theme", "django_language"} & answer.cookies.keys()


@pytest.mark.django_db
def test_looking_chooses_nothing(client: Client) -> None:
    assert client.get(f"{ADDRESS}?size=large").status_code == 405


@pytest.mark.django_db
def test_a_cookie_somebody_made_up_does_no_harm(client: Client) -> None:
    client.cookies["size"] = '"><script>'
    client.cookies["theme"] = "pink"
    assert 'data-theme="auto" data-size="medium"' in client.get(SOMEWHERE).content.decode()


def filled(**fields: str) -> dict[str, str]:
    """Return the preferences as a form sends them."""
    kept = {"text_size": "medium", "theme": "auto", "writing": "horizontal", "calendar": "western"}
    return {"language": "", "time_zone": "Asia/Taipei", **kept, **fields}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"time_zone": "Europe/Vienna"}, set()),
        ({"time_zone": "UTC"}, set()),
        ({"time_zone": "../../etc/passwd"}, {"time_zone"}),
        ({"text_size": "huge"}, {"text_size"}),
    ],
)
def test_the_preferences_form_knows_what_is_right(world: World, fields: dict[str, str], wrong: set[str]) -> None:
    assert set(PreferencesForm(filled(**fields), instance=world.rita).errors) == wrong
