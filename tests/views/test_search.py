"""The pages of searches: what is found, and every state in which nothing is."""

import re
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from forum.actions.digests import keep_in_new_digest
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply
from forum.actions.searches import save_search
from forum.actions.threads import create_thread
from forum.models import City, RecentSearch, SavedSearch
from forum.search.parsing import parse
from forum.search.results import Results
from tests.clients import HTMX, browser, text_of
from tests.world import World


def words(page: Any) -> str:
    """Return what stands in the main part of a page, without tags."""
    main = text_of(page).split('<main id="main"')[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", "", main).split())


def search(query: str, *, by: Any = None, **more: str) -> Any:
    return browser(by).get("/search/", {"q": query, **more})


def test_a_word_is_found_and_marked_with_its_place(world: World) -> None:
    page = search("桥")
    html = text_of(page)
    assert page.status_code == 200
    assert "The bridge <mark>橋</mark>" in html
    assert "三塊板的<mark>橋</mark>。" in html
    assert "1 post found" in words(page)
    for part in ("石渡", "General", "蔡渡", "Opening post"):
        assert part in words(page)
    assert f'href="/p/{world.opener.pk}/"' in html


def test_hits_stand_under_their_thread(world: World) -> None:
    add_reply(world.thread, by=world.dan, body="A bridge again.")
    html = text_of(search("bridge"))
    assert html.count('class="found"') == 1
    assert html.count('class="found__post"') == 2


def test_what_people_wrote_never_becomes_markup(world: World) -> None:
    create_thread(world.general, by=world.dan, title="<i>ferry</i>", body="`<b>ferry</b>` & ferry")
    html = text_of(search("ferry"))
    assert "<i>" not in html
    assert "<b>" not in html
    assert "&lt;i&gt;<mark>ferry</mark>&lt;/i&gt;" in html
    assert "<script>" not in text_of(search("<script>alert(1)</script>"))


def test_without_a_query_the_page_helps(world: World) -> None:
    page = words(browser().get("/search/"))
    assert "How to search" in page
    assert "found" not in page.split("How to search")[0]
    assert "nothing to look for" in words(search("- ( )"))


def test_nothing_found_offers_looser_searches(world: World) -> None:
    page = search('"planks of ferry" author:dan')
    assert "No post was found." in words(page)
    assert 'href="/search/?q=%22planks+of+ferry%22"' in text_of(page)
    assert "On the whole site" in words(search("ferry", **{"in": "city:stoneferry"}))
    assert "Any of the words" in words(search("bridge ferry"))


def test_a_wrong_part_and_an_unknown_name_give_help(world: World) -> None:
    page = words(search("bridge before:soon"))
    assert "before: needs a date" in page
    assert "1 post found" in page
    assert "Nobody here is called nobody." in words(search("bridge author:nobody"))
    assert "No city is called nowhere." in words(search("bridge city:nowhere"))
    assert "No board is called none." in words(search("bridge board:none"))


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("", 2),
        ("city:stoneferry", 2),
        ("city:hilltop", 0),
        ("board:stoneferry/general", 2),
        ("board:stoneferry/letters", 0),
        ("person:coco", 1),
        ("posts", 1),
        ("digests", 1),
    ],
)
def test_a_search_looks_in_its_place(world: World, where: str, found: int) -> None:
    add_reply(world.thread, by=world.coco, body="The bridge again.")
    keep_in_new_digest(world.opener, by=world.coco, title="Bridges")
    page = text_of(search("bridge", by=world.coco, **{"in": where}))
    assert page.count('class="found__post"') == found
    assert f'value="{where}" selected' in page


def test_a_thread_and_a_city_are_places_too(world: World) -> None:
    create_thread(world.general, by=world.dan, title="Another bridge", body="Far away.")
    page = text_of(search("bridge", **{"in": f"thread:{world.thread.pk}"}))
    assert "Another bridge" not in page
    assert "Another" in text_of(browser().get("/c/stoneferry/search/", {"q": "bridge"}))
    assert browser().get("/c/nowhere/search/").status_code == 404


@pytest.mark.parametrize(
    "where", ["city:nowhere", "board:stoneferry", "board:stoneferry/none", "thread:0", "thread:x", "person:nobody", "x"]
)
def test_a_place_that_is_not_there_is_nothing(world: World, where: str) -> None:
    assert search("bridge", **{"in": where}).status_code == 404


@pytest.mark.parametrize("where", ["digests", "posts"])
def test_who_looks_in_their_own_is_asked_to_sign_in(world: World, where: str) -> None:
    assert search("bridge", **{"in": where})["Location"].startswith("/accounts/login/")


def test_what_one_may_not_see_is_neither_shown_nor_counted(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="Rude")
    assert "No post was found." in words(search("crossed"))
    assert "1 post found" in words(search("crossed", by=world.mei))
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    assert "No post was found." in words(search("bridge", by=world.rita))
    assert "1 post found" in words(search("bridge", by=world.coco))


def test_order_and_pages_are_links(world: World) -> None:
    for number in range(25):
        create_thread(world.general, by=world.dan, title=f"Bridge {number}", body="Planks.")
    first = search("bridge", order="date")
    assert "26 posts found" in words(first)
    following = re.search(r'rel="next" href="([^"]+)"', text_of(first))
    assert following
    second = browser().get("/search/" + following[1].replace("&amp;", "&"))
    assert text_of(second).count('class="found"') == 6
    assert "First page" in words(second)
    assert search("bridge", after="nonsense").status_code == 404


def test_filled_in_filters_become_one_query(world: World) -> None:
    fields = {"filters": "1", "f-words": "bridge", "f-author": "cai", "f-has": ["image", "link"], "f-in_titles": "on"}
    fields |= {"f-since": "2024-05-01", "f-until": "2024-05-31", "f-recommended": "3", "f-kind": "opener"}
    page = browser().get("/search/", {**fields, "in": "city:stoneferry", "order": "date"}, follow=True)
    query = "bridge in:title author:cai has:image has:link is:opener after:2024-05-01 before:2024-06-01 recommended:>=3"
    assert page.context["query"].text == query
    assert page.request["QUERY_STRING"].endswith("in=city%3Astoneferry&order=date")
    shown = {field.name: field.value() for field in page.context["form"]}
    assert shown["words"] == "bridge"
    assert (shown["in_titles"], shown["author"], shown["has"]) == (True, "cai", ["image", "link"])
    assert (shown["since"], shown["until"], shown["recommended"]) == ("2024-05-01", "2024-05-31", 3)
    assert page.context["form"].is_used


def test_filters_that_no_field_holds_stay_among_the_words(world: World) -> None:
    page = search("bridge -author:mei author:a author:b -has:code")
    assert page.context["form"]["words"].value() == "bridge author:a author:b -author:mei -has:code"


def test_a_wrong_field_is_told_and_what_was_typed_stays(world: World) -> None:
    page = browser().get("/search/", {"filters": "1", "f-words": "bridge", "f-since": "soon"})
    assert page.status_code == 422
    assert 'value="bridge"' in text_of(page)
    assert '<details class="filters" id="filters" open>' in text_of(page)


def test_who_searches_too_often_waits(world: World, settings: Settings) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "searching": "2/1m", "suggesting": "1/1m"}
    for person in (None, world.coco):
        answers = [search("bridge", by=person) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert int(answers[-1]["Retry-After"]) > 0
    assert browser().get("/search/").status_code == 200
    assert [browser().get("/search/offers/?q=br").status_code for _ in range(2)] == [200, 429]
    feed = [browser().get("/feeds/search/?q=bridge").status_code for _ in range(3)]
    assert 429 in feed


def test_recent_searches_are_kept_for_members_alone(world: World) -> None:
    search("bridge")
    search("bridge 橋", by=world.coco, **{"in": "city:stoneferry"})
    search("", by=world.coco)
    assert [(one.user, one.query, one.scope) for one in RecentSearch.objects.all()] == [
        (world.coco, "bridge 橋", "city:stoneferry")
    ]
    assert "bridge 橋" in words(browser(world.coco).get("/search/"))
    assert "bridge 橋" not in words(browser(world.cai).get("/search/"))


def test_a_text_that_names_a_search_as_its_picture_searches_for_nobody(world: World) -> None:
    browser(world.coco).get("/search/?q=bridge", headers={"Sec-Fetch-Dest": "image"})
    assert not RecentSearch.objects.exists()


def test_a_search_is_saved_listed_and_deleted(world: World) -> None:
    client = browser(world.coco)
    fields = {"query": "bridge", "scope": "city:stoneferry", "name": "Bridges"}
    page = client.post("/me/searches/", fields, follow=True)
    assert "The search is saved." in text_of(page)
    assert 'href="/search/?q=bridge&amp;in=city%3Astoneferry">Bridges' in text_of(page)
    assert "bridge 石渡" in words(page)
    address = f"/me/searches/{SavedSearch.objects.get().pk}/delete/"
    assert "Delete this saved search?" in text_of(client.get(address, headers=HTMX))
    assert "is deleted" in text_of(client.post(address, follow=True))
    assert not SavedSearch.objects.exists()


def test_what_cannot_be_saved_is_told(world: World) -> None:
    client = browser(world.coco)
    answer = client.post("/me/searches/", {"query": "bridge", "scope": "", "name": "b" * 81})
    assert answer.status_code == 422
    assert client.post("/me/searches/", {"query": "bridge", "scope": "city:nowhere"}).status_code == 404


def test_recent_searches_are_forgotten(world: World) -> None:
    client = browser(world.coco)
    client.get("/search/?q=bridge")
    save_search("ferry", by=world.coco)
    page = text_of(client.post("/me/searches/forget/", follow=True))
    assert "forgotten" in page
    assert "ferry" in page
    assert not RecentSearch.objects.exists()


def test_every_page_has_the_box_of_its_city(world: World) -> None:
    assert 'action="/search/" role="search"' in text_of(browser().get("/"))
    assert 'action="/c/stoneferry/search/" role="search"' in text_of(browser().get(f"/t/{world.thread.pk}/"))
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    assert 'action="/search/" role="search"' in text_of(browser().get("/c/stoneferry/"))
    assert 'action="/c/stoneferry/search/"' in text_of(browser(world.coco).get("/c/stoneferry/"))
    assert 'role="search"' in text_of(browser().get("/nowhere/"))


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize("who", [None, "coco"])
def test_the_page_takes_the_same_queries_however_much_is_found(world: World, count: int, who: str | None) -> None:
    for number in range(count - 1):
        create_thread(world.general, by=world.cai, title=f"Bridge {number}", body="Planks.")
    client = browser(getattr(world, who) if who else None)
    client.get("/search/?q=bridge")  # the second time it is remembered already
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/search/", {"q": "bridge"}).status_code == 200
    # A time limit and what it needs of a transaction is no question.
    aside = ("SAVEPOINT", "RELEASE", "SELECT set_config")
    found = [query["sql"] for query in asked.captured_queries if not query["sql"].startswith(aside)]
    # One for the limit, one for what is found, four for what a page shows of it; two more about who is signed in.
    assert len(found) == (8 if who else 6), found


def test_a_search_that_took_too_long_says_so(rf: Any) -> None:
    context = {"results": Results(took_too_long=True), "query": parse("bridge"), "groups": [], "is_first": True}
    page = render_to_string("search/_results.html", context, request=rf.get("/search/?q=bridge"))
    assert "took too long" in page
    assert "shorter word" not in page


def test_so_many_posts_are_counted_about(rf: Any) -> None:
    context = {"results": Results(count=12960, count_is_exact=False), "query": parse("中國"), "is_first": True}
    page = render_to_string("search/_results.html", context, request=rf.get("/search/?q=中國"))
    assert "About 12,960 posts found" in page
