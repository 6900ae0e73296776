"""Who enters Django's administration, by which door, and that its forms are limited like all others."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import URLPattern, URLResolver
from pytest_django import Settings

from forum.admin import site
from tests.clients import browser, text_of
from tests.world import ROLES, World, make_person

ROOMS = ("", "forum/", "forum/thread/", "forum/thread/1/change/", "accounts/user/", "auth/group/", "jsi18n/")


def _open_addresses() -> list[str]:
    """Return the addresses of the administration that ask for nothing."""
    found = []
    for pattern in site.get_urls():
        inner = pattern.url_patterns if isinstance(pattern, URLResolver) else [pattern]
        base = str(pattern.pattern) if isinstance(pattern, URLResolver) else ""
        found += [base + str(one.pattern) for one in inner if isinstance(one, URLPattern)]
    return [address for address in found if "<" not in address and "(" not in address]


@pytest.mark.parametrize("role", ROLES)
def test_nobody_of_the_cities_enters_any_room_of_it(world: World, role: str) -> None:
    client = browser(world.person(role))
    for address in {*_open_addresses(), *ROOMS} - {"login/"}:
        answer = client.get(f"/admin/{address}", follow=True)
        if role == "visitor":
            assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=/admin/"), address
        else:
            assert answer.status_code == 403, address
            assert "who run the site" in text_of(answer)


def test_one_signs_in_at_our_own_page_and_lands_where_one_wanted(world: World) -> None:
    make_person("root", is_staff=True, is_superuser=True)
    client = Client()
    door = client.get("/admin/forum/city/", follow=True)
    assert door.redirect_chain[-1][0] == "/accounts/login/?next=/admin/forum/city/"
    assert client.post("/admin/login/", {"username": "root", "password": "x"}).status_code == 302


def test_a_moderator_sees_what_was_given_to_them_and_no_more(world: World) -> None:
    world.ada.user_permissions.add(Permission.objects.get(codename="view_event"))
    client = browser(world.ada)
    assert client.get("/admin/forum/event/").status_code == 200
    assert client.get("/admin/forum/ballot/").status_code == 403
    assert client.get("/admin/accounts/user/").status_code == 403


def test_who_may_change_people_may_not_make_themselves_more(world: World) -> None:
    world.ada.user_permissions.add(Permission.objects.get(codename="change_user"))
    root = make_person("root", is_staff=True, is_superuser=True)
    client = browser(world.ada)
    for person in (world.ada, world.rita, root):
        client.post(f"/admin/accounts/user/{person.pk}/change/", {"is_active": "on", "is_superuser": "on"})
        person.refresh_from_db()
        assert person.is_superuser == (person == root)
        assert person.is_active


def test_its_forms_are_limited(world: World, settings: Settings) -> None:
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, "0/1d")
    client = browser(make_person("root", is_staff=True, is_superuser=True))
    assert client.post(f"/admin/accounts/user/{world.rita.pk}/change/", {"is_active": "on"}).status_code == 429
    assert client.post("/admin/auth/group/add/", {"name": "Helpers"}).status_code == 429


def test_its_door_leads_out_by_our_own_pages(world: World) -> None:
    client = browser(make_person("root", is_staff=True, is_superuser=True))
    assert client.get("/admin/logout/").headers["Location"] == "/accounts/logout/"
    assert client.get("/admin/password_change/").headers["Location"] == "/accounts/password/change/"
