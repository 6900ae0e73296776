"""The page of a person."""

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from forum.actions.digests import create_digest
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply
from forum.actions.recommendations import recommend_post
from forum.models import City, Post
from forum.permissions.roles import Viewer
from forum.queries.people import numbers_of
from tests.clients import browser, text_of
from tests.world import World, make_person


def test_person_shows_name_words_cities_posts_and_numbers(world: World) -> None:
    User.objects.filter(pk=world.dan.pk).update(about="I keep the bridge.")
    post = add_reply(world.thread, by=world.dan, body="Mind the third plank.")
    Post.objects.filter(pk=post.pk).update(earlier_recommendations=4)
    recommend_post(post, by=world.coco)
    page = text_of(browser().get("/u/dan/"))
    for words in (
        "I keep the bridge.",
        "石渡",
        "Deputy mayor",
        "Mind the third plank.",
        "1 post",
        "recommended 5 times",
    ):
        assert words in page


def test_name_in_another_case_leads_to_the_one_address(world: World) -> None:
    response = browser().get("/u/DAN/")
    assert response.status_code == 301
    assert response["Location"] == "/u/dan/"


def test_nobody_and_who_left_are_not_found(world: World) -> None:
    User.objects.filter(pk=world.dan.pk).update(is_active=False)
    for path in ("/u/dan/", "/u/nobody/", "/feeds/u/dan/"):
        assert browser().get(path).status_code == 404


def test_account_from_an_archive_says_so(world: World) -> None:
    make_person("weitjong", is_claimable=True)
    assert "This account came with an archive." in text_of(browser().get("/u/weitjong/"))


def test_hidden_posts_are_for_their_author_and_the_officers(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="Off topic")
    shown = {
        name: "I crossed it." in text_of(browser(getattr(world, name)).get("/u/coco/"))
        for name in ("rita", "coco", "dan")
    }
    assert shown == {"rita": False, "coco": True, "dan": True}
    assert "0 posts" in text_of(browser().get("/u/coco/"))


def test_closed_city_is_named_only_to_who_may_read_it(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    for path, secret in (("/u/coco/", "石渡"), ("/u/coco/", "I crossed it.")):
        assert secret not in text_of(browser(world.rita).get(path))
        assert secret in text_of(browser(world.dan).get(path))


def test_only_public_digests_are_listed_for_others(world: World) -> None:
    create_digest(by=world.coco, title="Rivers", is_public=True)
    create_digest(by=world.coco, title="Diary")
    for person, secret in ((None, False), (world.dan, False), (world.coco, True)):
        page = text_of(browser(person).get("/u/coco/"))
        assert "Rivers" in page
        assert ("Diary" in page) == secret


def test_older_posts_stand_on_further_pages(world: World) -> None:
    for number in range(25):
        add_reply(world.thread, by=world.dan, body=f"Words of {number}.")
    client = browser()
    first = client.get("/u/dan/")
    assert "Words of 24." in text_of(first)
    assert "Words of 4." not in text_of(first)
    older = client.get("/u/dan/", {"after": first.context["page"].posts.older})
    assert "Words of 4." in text_of(older)
    assert client.get("/u/dan/?after=nonsense").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 50])
@pytest.mark.parametrize(("who", "queries"), [(None, 6), ("rita", 8)])
def test_page_of_a_person_takes_few_queries(
    world: World, django_assert_num_queries: object, count: int, who: str | None, queries: int
) -> None:
    for number in range(count):
        add_reply(world.thread, by=world.dan, body=f"Words of {number}.")
        create_digest(by=world.dan, title="Rivers", is_public=True)
    client = browser(getattr(world, who) if who else None)
    with django_assert_num_queries(queries):  # type: ignore[operator]
        client.get("/u/dan/")


def test_the_numbers_of_who_wrote_much_are_counted_once_for_all_who_see_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr("forum.queries.people.MUCH", 1)
    for body in ("One plank.", "Two planks."):
        hidden = add_reply(world.thread, by=world.coco, body=body)
    hide_post(hidden, by=world.mei, reason="Rude")
    viewers = [Viewer(), Viewer.of(world.rita), Viewer.of(world.cai)]
    for viewer in viewers:
        assert not viewer.standing.closed
    assert numbers_of(viewers[0], world.coco).posts == 2
    with django_assert_num_queries(0):
        assert {numbers_of(viewer, world.coco).posts for viewer in viewers} == {2}
    for more in (world.coco, world.mei, world.ada):
        assert numbers_of(Viewer.of(more), world.coco).posts == 3
