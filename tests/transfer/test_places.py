"""The city and the boards that an archive comes into."""

import pytest

from forum.models import City, Membership
from forum.transfer.places import NoPlace, find_or_found_city
from tests.transfer.archive import a_topic
from tests.transfer.conftest import Move
from tests.world import World


def test_city_that_is_missing_is_founded_by_its_mayor(world: World) -> None:
    city = find_or_found_city("river", name="River", mayor="rita", category="reading")
    assert (city.name, city.category) == ("River", world.category)
    assert Membership.objects.get(city=city).user == world.rita


def test_city_without_a_category_stands_among_the_forums_that_moved_in(world: World) -> None:
    city = find_or_found_city("river", name="River", mayor="rita")
    assert (city.category.slug, city.category.parent and city.category.parent.slug) == ("moved-in-forums", "moved-in")
    assert find_or_found_city("lake", name="Lake", mayor="rita").category == city.category


def test_city_that_exists_is_found_in_any_case(world: World) -> None:
    assert find_or_found_city("StoneFerry") == world.stoneferry


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"name": "River"}, "--mayor"),
        ({"name": "River", "mayor": "nobody"}, "Nobody signs in as nobody"),
        ({"name": "River", "mayor": "rita", "category": "sea"}, "There is no category sea. There are: .*reading"),
    ],
)
def test_what_is_missing_to_found_a_city_is_said(world: World, options: dict[str, str], why: str) -> None:
    with pytest.raises(NoPlace, match=why):
        find_or_found_city("river", **options)
    assert not City.objects.filter(slug="river").exists()


def test_archived_city_takes_no_archive(world: World) -> None:
    City.objects.filter(pk=world.hilltop.pk).update(state=City.State.ARCHIVED)
    with pytest.raises(NoPlace, match="read only"):
        find_or_found_city("hilltop")


def test_category_becomes_a_board_named_by_its_number(move: Move, city: City) -> None:
    report = move(a_topic(5), a_topic(6), a_topic(8, category_id=None))
    board = city.boards.get(slug="category-7")
    assert (board.name, board.threads_count, board.posts_count) == ("Category 7", 2, 4)
    assert (report.counts["boards"], city.threads.get(source_id=8).board.is_default) == (1, True)


def test_name_in_the_archive_becomes_that_of_the_board(move: Move, city: City) -> None:
    names = {"category_list": {"categories": [{"id": 7, "name": "Floods"}, {"id": 8}, None]}}
    assert move(files={"topic.json": a_topic(5), "z/categories.json": names}).problems == []
    assert city.boards.get(slug="category-7").name == "Floods"


def test_name_that_was_asked_for_wins_also_on_a_later_run(move: Move, city: City) -> None:
    move(a_topic(5))
    move(a_topic(5), names={7: "Reeds"})
    assert city.boards.get(slug="category-7").name == "Reeds"


def test_name_that_the_mayor_gave_stays(move: Move, city: City) -> None:
    names = {"categories": [{"id": 7, "name": "Floods"}]}
    move(files={"topic.json": a_topic(5), "categories.json": names})
    city.boards.filter(slug="category-7").update(name="By the mayor")
    move(files={"topic.json": a_topic(5), "categories.json": names})
    assert city.boards.get(slug="category-7").name == "By the mayor"
