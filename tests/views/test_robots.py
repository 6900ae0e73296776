"""What robots are told to leave alone."""

import re

from pytest_django import Settings

from forum.views.robots import TRAINING
from tests.clients import browser, text_of
from tests.permissions.places import Places
from tests.permissions.table import path_of, read_table
from tests.world import World

OPEN = (
    "home",
    "cities",
    "city",
    "board",
    "thread",
    "post",
    "person",
    "digest",
    "notices",
    "log",
    "rules",
    "help_writing",
)


def closed() -> re.Pattern[str]:
    """Return what the rules for all robots close, read as RFC 9309 says."""
    rules = re.findall(r"^Disallow: (.+)$", text_of(browser().get("/robots.txt")).split("\n\n")[0], re.M)
    ways = [re.escape(rule).replace(r"\*", ".*").replace(r"\$", "$") for rule in rules]
    return re.compile("|".join(f"(?:{way})" for way in ways))


def test_robots_read_texts_and_nothing_that_asks_them_to_sign_in(world: World) -> None:
    places, rules = Places(world), closed()
    first = next(iter(read_table().values()))
    paths = {row.address: path_of(row.address, places) for row in first if row.verb == "GET"}
    asked = {row.address for row in first if row.verb == "GET" and row.answers[0] == "in"}
    assert [address for address in sorted(asked) if not rules.match(paths[address])] == []
    assert [address for address in OPEN if rules.match(paths[address])] == []


def test_robots_read_each_page_once(world: World) -> None:
    rules = closed()
    for path in ("/c/x/b/y/?sort=new", "/c/x/b/y/?month=2020-05", "/t/1/?from=new", "/cities/?q=x", "/u/x/?after=3~4"):
        assert rules.match(path), path
    for path in ("/t/1/?page=2", "/cities/?page=2", "/?hl=en", "/feeds/t/1/", "/og/thread/1-0123456789ab.png"):
        assert not rules.match(path), path


def test_a_site_may_refuse_robots_by_name(world: World, settings: Settings) -> None:
    assert "GPTBot" not in text_of(browser().get("/robots.txt"))
    settings.REFUSED_ROBOTS = ["training", "SomeBot", "Evil\nAllow: /"]
    refused = text_of(browser().get("/robots.txt")).split("\n\n")[1].splitlines()
    assert refused == [*(f"User-agent: {name}" for name in (*TRAINING, "SomeBot")), "Disallow: /"]
