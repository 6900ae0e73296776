"""The style page: every component there is, in every theme and language; nothing of it on a site people use."""

import pytest
from django.test import Client
from pytest_django import Settings
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.house.files import files


@pytest.mark.django_db
def test_the_style_page_shows_every_component(client: Client) -> None:
    answer = client.get("/style/")
    assert answer.status_code == 200
    shown = {template.name for template in answer.templates}
    components = {f"components/{path.name}" for path in files("templates/components/_*.html")}
    assert components - shown == set()


@pytest.mark.django_db
@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_a_theme_and_a_language_are_chosen_for_the_page_alone(client: Client, theme: str, language: str) -> None:
    page = client.get(f"/style/?theme={theme}&language={language}&part=buttons").content.decode()
    assert f'<html lang="{language}" data-theme="{theme}"' in page
    assert 'id="buttons"' in page
    assert 'id="prose"' not in page
    assert 'data-theme="auto"' in client.get("/style/?theme=purple&part=colours").content.decode()


@pytest.mark.django_db
def test_the_style_page_asks_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/style/").status_code == 200


@pytest.mark.django_db
def test_a_site_that_people_use_has_no_style_page(client: Client, settings: Settings) -> None:
    settings.DEVELOPMENT = False
    assert client.get("/style/").status_code == 404
