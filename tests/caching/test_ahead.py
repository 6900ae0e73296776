"""Pages fetched before anybody asks for them: which answers offer that, and that fetching alone is no visit."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve

from forum.actions.threads import write_views
from forum.caching.ahead import FORGET, RULES
from forum.caching.visits import visits
from forum.models import Thread
from tests.caching.visitors import Site
from tests.clients import browser
from tests.world import World

AHEAD = "prefetch"
PAGES = ("/", "/cities/", "/c/stoneferry/", "/c/stoneferry/b/general/", "/t/{thread}/")


@pytest.fixture(autouse=True)
def _nobody_was_here() -> None:
    visits.forget()


@pytest.fixture
def thread(world: World) -> str:
    return f"/t/{world.thread.pk}/"


def views_of(world: World) -> int:
    write_views()
    return Thread.objects.get(pk=world.thread.pk).views_count


@pytest.mark.parametrize("path", PAGES)
def test_pages_name_the_rules_by_which_a_browser_fetches_what_they_lead_to(world: World, path: str) -> None:
    path, site = path.format(thread=world.thread.pk), Site()
    named = [browser(world.cai).get(path).headers["Speculation-Rules"]]
    named += [site.get(path).headers["Speculation-Rules"], site.get(path).headers["Speculation-Rules"]]
    assert all(re.fullmatch(r'"/static/ahead/links(\.\w+)?\.speculation"', name) for name in named)


def test_parts_forms_data_and_pages_that_there_are_not_name_no_rules(world: World, thread: str) -> None:
    member = browser(world.cai)
    answers = [
        member.get(thread, headers={"HX-Request": "true"}),
        member.get("/manifest.webmanifest"),
        member.get("/robots.txt"),
        member.get("/t/999999/"),
        member.post(f"{thread}replies/", {"body": "Three planks."}),
        member.post(f"{thread}replies/", {"body": ""}),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 404, 302, 422]
    assert not any("Speculation-Rules" in answer.headers for answer in answers)


def test_the_rules_lead_to_pages_that_change_nothing_and_to_no_others() -> None:
    found = finders.find(RULES)
    assert found
    (rule,) = json.loads(Path(found).read_text())["prefetch"]
    assert (rule["source"], rule["eagerness"]) == ("document", "moderate")
    places, unasked, chosen = rule["where"]["and"]
    paths = [place["pathname"] for place in places["href_matches"]]
    names = [resolve(re.sub(r":thread\(\\d\+\)", "7", path).replace(":", "")).url_name for path in paths]
    assert names == ["home", "cities", "city", "board", "thread"]
    assert unasked == {"not": {"href_matches": {"pathname": "/*", "search": "*q=*"}}}
    assert chosen == {"selector_matches": "main a:not([data-hx-get], [download], [target])"}
    assert settings.WHITENOISE_MIMETYPES[Path(RULES).suffix] == "application/speculationrules+json"


def test_a_page_fetched_ahead_is_no_visit_until_a_visitor_asks_whether_it_holds(world: World, thread: str) -> None:
    site, before = Site(), views_of(world)
    first, second = site.get(thread, SEC_PURPOSE=AHEAD), site.get(thread, SEC_PURPOSE=AHEAD)
    assert (first.was_kept, second.was_kept, second.body) == (False, True, first.body)
    assert views_of(world) == before
    assert site.get(thread, IF_NONE_MATCH=second.headers["ETag"]).status == 304
    assert views_of(world) == before + 1


def test_a_member_who_reads_a_page_fetched_ahead_counts_once(world: World, thread: str) -> None:
    member, before = browser(world.coco), views_of(world)
    member.get(thread, headers={"Sec-Purpose": AHEAD})
    member.get(f"{thread}focus/", headers={"Sec-Purpose": AHEAD})
    assert views_of(world) == before
    for _time in range(2):
        member.post(f"{thread}read/", {"number": "1"}, headers={"HX-Request": "true"})
    member.get(thread)
    assert views_of(world) == before + 1


def test_an_answer_fetched_ahead_says_when_it_was_given_and_leaves_the_kept_page_as_it_is(
    world: World, thread: str
) -> None:
    site = Site()
    ahead, asked, again = site.get(thread, SEC_PURPOSE=AHEAD), site.get(thread), site.get(thread, SEC_PURPOSE=AHEAD)
    assert "Server-Timing" not in asked.headers
    for answer in (ahead, again):
        assert re.fullmatch(r"ahead;dur=\d{10}", answer.headers.pop("Server-Timing"))
        assert (answer.headers, answer.body) == (asked.headers, asked.body)


def test_every_form_has_the_browser_drop_what_it_fetched_before(world: World, client: Client) -> None:
    member = browser(world.coco)
    assert "Clear-Site-Data" not in member.get("/").headers
    assert member.post(f"/t/{world.thread.pk}/replies/", {"body": "Planks."}).headers["Clear-Site-Data"] == FORGET
    assert FORGET in member.post("/accounts/logout/").headers["Clear-Site-Data"]
    assert FORGET in client.post("/accounts/login/", {"login": "nobody"}).headers["Clear-Site-Data"]
