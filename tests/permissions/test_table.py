"""The table of answers (table.txt) holds for every address, role and state, with a valid token."""

import pytest
from pytest_django import Settings

from tests.permissions.places import STATES, Places
from tests.permissions.table import YES, Browser, Row, addresses, path_of, read_table, word_for
from tests.plans import recorded, scans
from tests.world import ROLES, World

TABLE = read_table()
# Addresses of the account library, which has limits of its own.
LIBRARY = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_")
FIRST = "as it is at first"
# Reading and doing apart, so that two processes share the longest part.
CASES = [(state, verb) for state in STATES for verb in ("GET", "POST") if any(row.verb == verb for row in TABLE[state])]


@pytest.mark.parametrize(("state", "verb"), CASES)
def test_the_table_holds(world: World, state: str, verb: str) -> None:
    places = Places(world)
    browsers = [Browser(world.person(role)) for role in ROLES]
    STATES[state](places)
    otherwise, asked = [], {}
    for row in (row for row in TABLE[state] if row.verb == verb):
        path, fields = path_of(row.address, places), places.sent(row.address)
        with recorded(asked):
            words = [word_for(browser.ask(row.verb, path, fields), row.verb) for browser in browsers]
        found = Row(row.verb, row.address, tuple(words))
        if found != row:
            otherwise += ["", f"table: {row}", f"site:  {found}"]
    assert not otherwise, "\n".join(otherwise)
    # Nowhere else is so much asked of the database by so many: no page and no deed may read all of what grows.
    growing = scans(asked)
    assert not growing, "\n".join(growing)


def test_every_state_has_its_rows() -> None:
    assert TABLE.keys() == STATES.keys()


def test_every_address_stands_in_the_table() -> None:
    rows = {row.address for row in TABLE[FIRST]}
    assert sorted(addresses().keys() - rows) == []
    assert sorted(rows - addresses().keys()) == []


def test_an_address_takes_no_form_that_the_table_does_not_know(world: World) -> None:
    places, ada = Places(world), Browser(world.ada)
    ours = {name for name in addresses() if not name.startswith((*LIBRARY, "feeds_", "sitemap"))}
    answers = {}
    for verb in ("GET", "POST"):
        known = {row.address for row in TABLE[FIRST] if row.verb == verb}
        for address in sorted(ours - known):
            answers[f"{verb} {address}"] = ada.ask(verb, path_of(address, places)).status_code
    assert {row: status for row, status in answers.items() if status != 405} == {}


def test_without_its_token_no_form_is_taken(world: World) -> None:
    places, mei = Places(world), Browser(world.mei)
    mei.token = "x" * 64
    answers = {
        row.address: word_for(mei.ask("POST", path_of(row.address, places), places.sent(row.address)), "POST")
        for row in TABLE[FIRST]
        if row.verb == "POST"
    }
    assert set(answers.values()) == {"token"}, answers


def test_every_form_is_limited(world: World, settings: Settings) -> None:
    places = Places(world)
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, "0/1d")
    mayor, author = Browser(world.mei), Browser(world.cai)
    unlimited = []
    for row in TABLE[FIRST]:
        if row.verb == "POST" and not row.address.startswith(LIBRARY):
            browser = mayor if row.answers[ROLES.index("mayor")] == YES else author
            answer = browser.ask("POST", path_of(row.address, places), places.sent(row.address))
            unlimited += [row.address] if answer.status_code != 429 else []
    assert unlimited == []
