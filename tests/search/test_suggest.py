"""While one types, threads, cities and people are offered, cheaply and only what one may see."""

from typing import Any

import pytest

from forum.actions.moderation import hide_thread
from forum.actions.threads import create_thread
from forum.models import City
from forum.permissions.roles import Viewer
from forum.search.similar import similar_threads
from forum.search.suggest import Suggestions, suggest
from tests.clients import browser, text_of
from tests.world import World


def names(found: Suggestions) -> list[str]:
    return [
        *(one.title for one in found.threads),
        *(one.name for one in found.cities),
        *(one.name for one in found.people),
    ]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("bri", ["The bridge 橋"]),
        ("RIDG", ["The bridge 橋"]),
        ("橋", ["The bridge 橋"]),
        ("桥", ["The bridge 橋"]),
        ("石", ["石渡"]),
        ("stonef", ["石渡"]),
        ("hill", ["Hilltop"]),
        ("蔡", ["蔡渡"]),
        ("CAI", ["蔡渡"]),
        ("co", ["Coco"]),
        ("c", []),
        (" ", []),
        ("\0", []),
        ("%", []),
        ("__", []),
    ],
)
def test_what_is_typed_is_part_of_a_title_or_begins_a_name(world: World, text: str, offered: list[str]) -> None:
    assert names(suggest(Viewer(), text)) == offered


def test_only_threads_one_may_see_are_offered(world: World) -> None:
    hide_thread(world.thread, by=world.mei, reason="Spam")
    assert names(suggest(Viewer(world.mei), "bridge")) == []
    create_thread(world.general, by=world.dan, title="Another bridge", body="Planks.")
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    assert names(suggest(Viewer(), "bridge")) == []
    assert names(suggest(Viewer(world.rita), "bridge")) == []
    assert names(suggest(Viewer(world.coco), "bridge")) == ["Another bridge"]


def test_in_a_city_its_threads_are_offered(world: World) -> None:
    assert names(suggest(Viewer(), "bridge", city=world.stoneferry)) == ["The bridge 橋"]
    assert names(suggest(Viewer(), "bridge", city=world.hilltop)) == []


@pytest.mark.parametrize("count", [1, 30])
def test_three_queries_and_no_more(world: World, django_assert_num_queries: Any, count: int) -> None:
    for number in range(count):
        create_thread(world.general, by=world.dan, title=f"Bridge {number}", body="Planks.")
    with django_assert_num_queries(3):
        assert suggest(Viewer(), "bri").threads
    with django_assert_num_queries(0):
        suggest(Viewer(), "b")


def test_the_offers_are_options_of_a_list(world: World) -> None:
    page = text_of(browser().get("/search/offers/", {"q": "石"}))
    assert 'role="option" data-href="/c/stoneferry/"' in page
    assert "<html" not in page
    assert text_of(browser().get("/search/offers/")).strip() == ""


def titles(world: World, title: str, by: Any = None) -> list[str]:
    return [thread.title for thread in similar_threads(Viewer(by), title, city=world.stoneferry)]


def test_threads_alike_are_found_in_both_languages(world: World) -> None:
    for title in ("如何修理三塊板的舊橋", "How to repair an old bridge", "Ferries in winter", "渡船時刻"):
        create_thread(world.general, by=world.dan, title=title, body="…")
    assert titles(world, "修理舊橋的方法") == ["如何修理三塊板的舊橋"]
    assert titles(world, "修理旧桥") == ["如何修理三塊板的舊橋"]
    assert titles(world, "repairing old bridges")[0] == "How to repair an old bridge"
    assert titles(world, "Something quite different") == []
    assert titles(world, "bridge") == []


def test_hidden_threads_are_not_like_anything(world: World) -> None:
    thread = create_thread(world.general, by=world.dan, title="How to repair an old bridge", body="…")
    hide_thread(thread, by=world.mei, reason="Spam")
    assert titles(world, "repairing an old bridge", by=world.mei) == []


def test_similar_threads_are_a_fragment_of_the_form(world: World) -> None:
    page = browser(world.coco).get("/c/stoneferry/b/general/threads/similar/", {"title": "the old bridge 橋"})
    assert "The bridge 橋" in text_of(page)
    assert "threads/similar/" in text_of(browser(world.coco).get("/c/stoneferry/b/general/threads/new/"))
