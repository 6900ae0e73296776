"""What feed readers get."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forum.actions.moderation import hide_post, hide_thread
from forum.actions.posts import add_reply
from forum.actions.threads import create_thread
from forum.models import City
from tests.clients import browser, text_of
from tests.world import World

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ("/feeds/", "/feeds/c/stoneferry/", "/feeds/c/stoneferry/b/general/", "/feeds/u/coco/")


def entries(path: str) -> list[str]:
    """Return the titles in a feed."""
    feed = ElementTree.fromstring(browser().get(path).content)
    return [entry.findtext(f"{ATOM}title", "") for entry in feed.findall(f"{ATOM}entry")]


def test_threads_stand_in_the_feeds_of_site_city_and_board_the_liveliest_first(world: World) -> None:
    create_thread(world.general, by=world.dan, title="The ferry", body="Late again.")
    for path in FEEDS[:3]:
        assert entries(path) == ["The ferry", "The bridge 橋"]
    add_reply(world.thread, by=world.dan, body="Me too.")
    assert entries("/feeds/")[0] == "The bridge 橋"


def test_feed_is_atom_with_absolute_addresses(world: World) -> None:
    response = browser().get("/feeds/c/stoneferry/")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    assert feed.findtext(f"{ATOM}title") == "石渡"
    link = feed.find(f"{ATOM}entry/{ATOM}link[@rel='alternate']")
    assert link is not None
    assert link.get("href") == f"http://testserver/t/{world.thread.pk}/"
    assert feed.findtext(f"{ATOM}entry/{ATOM}author/{ATOM}name") == "蔡渡"


def test_posts_stand_whole_in_the_feeds_of_thread_and_person(world: World) -> None:
    thread = f"/feeds/t/{world.thread.pk}/"
    assert entries(thread) == ["The bridge 橋, post 2", "The bridge 橋, post 1"]
    assert entries("/feeds/u/coco/") == ["The bridge 橋, post 2"]
    assert "我走過。" in text_of(browser().get(thread))


def test_what_is_hidden_is_in_no_feed(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="Off topic")
    assert entries(f"/feeds/t/{world.thread.pk}/") == ["The bridge 橋, post 1"]
    assert entries("/feeds/u/coco/") == []
    hide_thread(world.thread, by=world.mei, reason="Off topic")
    assert entries("/feeds/") == []
    assert browser().get(f"/feeds/t/{world.thread.pk}/").status_code == 404


def test_feeds_show_a_visitors_view_even_to_officers(world: World) -> None:
    hide_thread(world.thread, by=world.mei, reason="Off topic")
    assert "The bridge" not in text_of(browser(world.mei).get("/feeds/"))


def test_closed_city_has_no_feed(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    assert entries("/feeds/") == []
    for path in (FEEDS[1], FEEDS[2], f"/feeds/t/{world.thread.pk}/"):
        assert browser(world.mei).get(path).status_code == 404


def test_a_search_has_a_feed_of_its_newest_posts(world: World) -> None:
    add_reply(world.thread, by=world.dan, body="A bridge again.")
    assert entries("/feeds/search/?q=bridge") == ["The bridge 橋, post 3", "The bridge 橋, post 1"]
    assert entries("/feeds/search/?q=bridge&in=person:dan") == ["The bridge 橋, post 3"]
    assert entries("/feeds/search/?q=bridge&in=city:hilltop") == []
    feed = ElementTree.fromstring(browser().get("/feeds/search/?q=bridge").content)
    assert feed.findtext(f"{ATOM}title") == "Search for bridge"
    hide_thread(world.thread, by=world.mei, reason="Off topic")
    assert "again" not in text_of(browser(world.mei).get("/feeds/search/?q=bridge"))


@pytest.mark.parametrize("query", ["", "q=", "q=-", "q=bridge&in=posts", "q=bridge&in=city:nowhere"])
def test_what_nobody_can_follow_has_no_feed(world: World, query: str) -> None:
    assert browser(world.mei).get(f"/feeds/search/?{query}").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 50])
def test_feeds_take_few_queries(world: World, django_assert_num_queries: object, count: int) -> None:
    for number in range(count):
        create_thread(world.general, by=world.coco, title=f"Thread {number}", body="Words.")
    for path, queries in zip(FEEDS, (2, 3, 3, 3), strict=True):
        with django_assert_num_queries(queries):  # type: ignore[operator]
            browser().get(path)


@pytest.mark.parametrize("count", [1, 20])
def test_the_feed_of_a_search_asks_for_posts_twice(world: World, count: int) -> None:
    for number in range(count):
        create_thread(world.general, by=world.coco, title=f"Thread {number}", body="Words.")
    with CaptureQueriesContext(connection) as asked:
        assert len(entries("/feeds/search/?q=words")) == count
    # Which ones the viewer may see, and what they say.
    assert sum("forum_post" in query["sql"] for query in asked) == 2
