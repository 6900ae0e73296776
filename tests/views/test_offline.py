"""The site as an application: its manifest, the worker, and the list of what a browser keeps."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from tests.clients import browser
from tests.world import PASSWORD, World


def test_the_manifest_speaks_the_reader_s_language_and_its_icons_are_as_large_as_it_says(client: Client) -> None:
    answer = client.get("/manifest.webmanifest", headers={"Accept-Language": "en"})
    assert answer.headers["Content-Type"] == "application/manifest+json"
    about = json.loads(answer.content)
    assert about["name"] == "Cityboards"
    assert about["lang"] == "en"
    for icon in about["icons"]:
        with Image.open(Path("static/img") / icon["src"].rpartition("/")[2].split("?")[0]) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]
    assert {icon["purpose"] for icon in about["icons"]} == {"any", "maskable"}


@pytest.mark.django_db
def test_every_page_leads_to_the_manifest(client: Client) -> None:
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/cities/").content.decode()


def test_the_worker_is_asked_for_anew_each_time(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer.headers["Cache-Control"]
    assert "unregister" not in answer.content.decode()


def test_a_site_that_switches_offline_reading_off_takes_the_worker_away(world: World, client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    settings.OFFLINE_READING = False
    assert "registration.unregister()" in client.get("/sw.js").content.decode()
    assert client.get("/offline/").status_code == 404
    assert "data-keep=" not in client.get(f"/t/{world.thread.pk}/").content.decode()


@pytest.mark.django_db
def test_the_list_is_made_by_the_browser_and_no_search_engine_s_business(client: Client) -> None:
    answer = client.get("/offline/")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert 'data-behavior="shelf"' in answer.content.decode()


def test_whoever_leaves_without_signing_out_takes_what_the_browser_kept_along(world: World) -> None:
    closer, closed = browser(world.coco), browser(world.coco)
    assert "Clear-Site-Data" not in closed.get("/").headers
    closer.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert closer.post("/me/close/", {"farewell": "keep"}).headers["Clear-Site-Data"] == '"storage", "prefetchCache"'
    assert closed.get("/").headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in closed.get("/").headers  # a visitor keeps their copies


def test_every_form_that_signs_out_throws_away_what_is_kept(world: World) -> None:
    client = browser(world.rita)
    for path in ("/", "/accounts/logout/"):
        forms = re.findall(r'<form[^>]*action="/accounts/logout/"[^>]*>', client.get(path).content.decode())
        assert forms and all("forget" in form for form in forms)
