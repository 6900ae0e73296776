"""The directory, founding a city, and a city's front page."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from forum.actions.applications import apply_to_city, decide_application
from forum.actions.archiving import archive_city
from forum.actions.boards import create_board
from forum.actions.cities import found_city
from forum.actions.memberships import join_city
from forum.actions.notices import post_notice
from forum.actions.threads import create_thread
from forum.models import Category, City
from tests.world import World, make_person

type Counting = Callable[[int], AbstractContextManager[object]]


def _client(world: World, who: str | None) -> Client:
    client = Client()
    if who:
        client.force_login(getattr(world, who))
    return client


def _page(world: World, address: str, who: str | None = None, status: int = 200) -> str:
    answer = _client(world, who).get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_directory_finds_cities_by_category_of_either_level_and_by_name(world: World) -> None:
    found_city(by=world.rita, name="山城", category=Category.objects.get(slug="history"), slug="mountain")
    assert "Hilltop" in _page(world, "/cities/")
    in_literature = _page(world, "/cities/?category=literature")
    assert "Hilltop" in in_literature
    assert "/c/mountain/" not in in_literature
    assert "/c/mountain/" in _page(world, "/cities/?category=history&sort=new")
    by_name = _page(world, "/cities/?q=山")
    assert "/c/mountain/" in by_name
    assert "Hilltop" not in by_name
    assert "No city matches" in _page(world, "/cities/?q=nowhere&page=99")


@pytest.mark.parametrize("count", [1, 3, 50])
@pytest.mark.parametrize(("who", "first", "then"), [(None, 5, 1), ("coco", 8, 3)])
def test_the_directory_asks_little(
    world: World, django_assert_num_queries: Counting, who: str | None, first: int, then: int, count: int
) -> None:
    for number in range(count - 1):
        found_city(by=world.rita, name=f"City {number}", category=world.category)
    client = _client(world, who)
    for queries in (first, then):
        with django_assert_num_queries(queries):
            assert client.get("/cities/").status_code == 200


@pytest.mark.parametrize("count", [1, 3, 50])
@pytest.mark.parametrize(
    ("who", "first", "then"), [(None, 7, 1), ("coco", 13, 6), ("mei", 14, 7), ("rita", 14, 7), ("ada", 13, 6)]
)
def test_the_front_page_of_a_city_asks_little(
    world: World, django_assert_num_queries: Counting, who: str | None, first: int, then: int, count: int
) -> None:
    for number in range(count - 1):
        create_thread(world.general, by=world.cai, title=f"Thread {number}", body="Words.")
        create_board(world.stoneferry, by=world.mei, name=f"Board {number}")
        join_city(world.stoneferry, by=make_person(f"reader{number}"))
        post_notice(world.stoneferry, by=world.mei, title=f"Notice {number}", body="Words.")
    client = _client(world, who)
    for queries in (first, then):
        with django_assert_num_queries(queries):
            assert client.get("/c/stoneferry/").status_code == 200


def test_founding_a_city_makes_the_founder_mayor_and_welcomes_them(world: World) -> None:
    client = _client(world, "rita")
    typed = {"name": "山城 Hill", "category": world.category.pk, "ink": "pine", "seal": "山"}
    choices = {"joining": "open", "posting": "citizens", "visibility": "public"}
    answer = client.post("/cities/", typed | choices, follow=True)
    assert answer.redirect_chain == [("/c/%E5%B1%B1%E5%9F%8E-hill/", 302)]
    page = answer.content.decode()
    assert "you are its mayor" in page
    assert 'data-ink="pine"' in page


def test_a_wrong_founding_form_comes_back_with_what_was_typed(world: World) -> None:
    client = _client(world, "rita")
    typed = {"name": "Another ferry", "slug": "stoneferry", "description": "Kept words", "category": world.category.pk}
    choices = {"ink": "pine", "joining": "open", "posting": "citizens", "visibility": "public"}
    answer = client.post("/cities/", typed | choices)
    assert answer.status_code == 422
    assert "There is a city at this address already." in answer.content.decode()
    assert "Kept words" in answer.content.decode()


def test_categories_of_the_upper_level_hold_no_city(world: World) -> None:
    upper = Category.objects.get(slug="literature")
    answer = _client(world, "rita").post("/cities/", {"name": "Somewhere", "category": upper.pk})
    assert answer.status_code == 422


def test_a_visitor_is_asked_to_sign_in_before_founding(world: World) -> None:
    answer = Client().get("/cities/new/")
    assert answer.headers["Location"] == "/accounts/login/?next=/cities/new/"


def test_the_front_page_names_the_officers_and_what_goes_on(world: World) -> None:
    post_notice(world.stoneferry, by=world.mei, title="Reading the ferry", body="Every *Wednesday*.")
    page = _page(world, "/c/stoneferry/")
    for words in ("梅市長", "Dan", "4 citizens", "Reading the ferry", "<em>Wednesday</em>", "The bridge 橋", "Letters"):
        assert words in page
    assert "Deputy mayor: vacant" in _page(world, "/c/hilltop/")


@pytest.mark.parametrize(
    ("who", "words"),
    [(None, "Join the city"), ("rita", "Join the city"), ("coco", "New thread"), ("mei", "City hall")],
)
def test_each_reader_finds_their_first_action(world: World, who: str | None, words: str) -> None:
    assert words in _page(world, "/c/stoneferry/", who)


def test_a_closed_city_shows_strangers_its_door_and_nothing_inside(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(visibility="citizens", description="By the ferry")
    for who in (None, "rita", "stan"):
        page = _page(world, "/c/stoneferry/", who)
        assert "By the ferry" in page
        assert "Join the city" in page
        assert "The bridge" not in page
        assert "Letters" not in page
        for inside in ("citizens", "notices", "log"):
            _page(world, f"/c/stoneferry/{inside}/", who, status=404)
    for who in ("coco", "dan", "mei", "ada"):
        assert "The bridge" in _page(world, "/c/stoneferry/", who)


def test_an_archived_city_says_so_and_offers_nothing_to_do(world: World) -> None:
    archive_city(world.stoneferry, by=world.mei, reason="We are done.")
    for who in (None, "rita", "coco"):
        page = _page(world, "/c/stoneferry/", who)
        assert "This city is archived" in page
        assert "Join the city" not in page
        assert "New thread" not in page


def test_an_applicant_sees_how_the_application_stands(world: World) -> None:
    application = apply_to_city(world.hilltop, by=world.rita, statement="I like hills.")
    page = _page(world, "/c/hilltop/", "rita")
    assert "It waits for" in page
    assert "I like hills." in page
    decide_application(application, by=world.stan, accept=False, answer="Come back in spring.")
    page = _page(world, "/c/hilltop/", "rita")
    assert "It was refused." in page
    assert "Come back in spring." in page
    assert "Apply to join" in page
    assert "Come back in spring." not in _page(world, "/c/hilltop/", "coco")


def test_there_is_no_city_where_there_is_none(world: World) -> None:
    _page(world, "/c/nowhere/", status=404)
