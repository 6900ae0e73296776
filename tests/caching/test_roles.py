"""Nobody finds another's page at the front: in each state of the world, at each address that is kept."""

from contextlib import suppress

from django.db import transaction
from django.urls import get_resolver

from tests.caching.visitors import Site
from tests.clients import browser
from tests.permissions.places import STATES, Places
from tests.permissions.table import addresses, path_of
from tests.world import ROLES, World

# What stands only in pages of somebody.
OWN = ('name="csrfmiddlewaretoken"', "data-reader=", "/accounts/logout/", 'name="submission"')
NO_PAGES = ("feeds_", "sitemap")


def kept_addresses() -> list[str]:
    """Return the names of the addresses whose pages are kept for visitors."""
    return sorted(name for name, one in addresses().items() if getattr(one.callback, "reads", None) is not None)


class Undone(Exception):
    """Raised when a state has been tried, so that nothing of it stays."""


def test_these_pages_are_kept() -> None:
    assert get_resolver().url_patterns
    names = set(kept_addresses())
    assert {"home", "cities", "city", "board", "thread", "thread_focus", "person", "log", "feeds_site"} <= names
    assert not {"search", "me", "login", "thread_new", "preferences", "healthz", "hall", "guestbook"} & names


def test_what_is_kept_is_every_visitors_and_only_theirs(world: World) -> None:
    places, site = Places(world), Site()
    people = [world.person(role) for role in ROLES if role != "visitor"]
    sessions = [f"sessionid={browser(user).cookies['sessionid'].value}" for user in people]
    names = [name for name in kept_addresses() if not name.startswith(NO_PAGES)]
    for number, (state, change) in enumerate(STATES.items()):
        with suppress(Undone), transaction.atomic():
            change(places)
            # Each second page in one state, the others in the next; and somebody else before each.
            for turn, name in enumerate(names[number % 2 :: 2]):
                _try(site, state, path_of(name, places), sessions[(number + turn) % len(sessions)])
            raise Undone


def _try(site: Site, state: str, path: str, session: str) -> None:
    theirs = site.get(path, COOKIE=session)
    assert not theirs.was_kept, (state, path)
    assert "public" not in theirs.headers.get("Cache-Control", ""), (state, path)
    answer = site.get(path)
    if answer.was_kept:
        assert answer.text == site.uncached(path).text, (state, path)
    assert "Set-Cookie" not in answer.headers, (state, path)
    assert not [mark for mark in OWN if mark in answer.text], (state, path)
    assert (answer.status == 200) == site.get(path).was_kept, (state, path)
