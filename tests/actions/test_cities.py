"""Founding a city and changing its settings; its boards."""

import pytest
from django.core.exceptions import ValidationError

from forum.actions.boards import create_board, edit_board, move_board, order_boards
from forum.actions.cities import change_city, found_city
from forum.models import Board, City, Event, Membership
from forum.permissions.verdicts import Forbidden
from tests.world import World


def _names(city: City) -> list[str]:
    return list(Board.objects.filter(city=city).values_list("name", flat=True))


def test_the_founder_is_mayor_and_finds_one_board(world: World) -> None:
    city = found_city(by=world.rita, name="山城 Hill", category=world.category)
    assert city.slug == "山城-hill"
    assert Membership.objects.get(city=city).role == Membership.Role.MAYOR
    assert Board.objects.get(city=city).is_default


@pytest.mark.parametrize("slug", ["stoneferry", "StoneFerry", "new"])
def test_an_address_is_taken_once_and_some_never(world: World, slug: str) -> None:
    with pytest.raises(ValidationError) as problem:
        found_city(by=world.rita, name="Another", slug=slug, category=world.category)
    assert "slug" in problem.value.message_dict


def test_changed_settings_are_named_in_the_log(world: World) -> None:
    change_city(world.stoneferry, by=world.mei, name="石渡", seal="石", joining=City.Joining.APPLICATION)
    assert Event.objects.get(kind="city.changed").data == {"fields": ["seal", "joining"]}


def test_settings_that_stay_are_no_event(world: World) -> None:
    change_city(world.stoneferry, by=world.mei, name="石渡")
    assert not Event.objects.filter(kind="city.changed").exists()


@pytest.mark.parametrize("who", ["dan", "coco", "stan", "rita"])
def test_only_the_mayor_changes_settings(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        change_city(world.stoneferry, by=getattr(world, who), name="Mine")


def test_a_new_board_stands_last_and_boards_move_by_one_place(world: World) -> None:
    board = create_board(world.stoneferry, by=world.dan, name="Walks")
    assert _names(world.stoneferry) == ["General", "Letters", "Walks"]
    move_board(board, by=world.dan, step=-1)
    assert _names(world.stoneferry) == ["General", "Walks", "Letters"]
    move_board(board, by=world.dan, step=-1)
    move_board(board, by=world.dan, step=-1)  # at the top it stays
    assert _names(world.stoneferry) == ["Walks", "General", "Letters"]


def test_boards_that_are_not_named_follow_as_they_were(world: World) -> None:
    create_board(world.stoneferry, by=world.mei, name="Walks")
    order_boards(world.stoneferry, by=world.mei, order=[Board.objects.get(name="Walks").pk])
    assert _names(world.stoneferry) == ["Walks", "General", "Letters"]


@pytest.mark.parametrize("slug", ["letters", "LETTERS", "order"])
def test_a_board_needs_an_address_of_its_own(world: World, slug: str) -> None:
    with pytest.raises(ValidationError) as problem:
        create_board(world.stoneferry, by=world.mei, name="Other letters", slug=slug)
    assert "slug" in problem.value.message_dict


def test_a_board_keeps_its_address_when_none_is_given(world: World) -> None:
    board = edit_board(world.letters, by=world.mei, name="Post", slug="")
    assert (board.name, board.slug) == ("Post", "letters")


def test_a_board_that_stays_as_it_was_is_no_event(world: World) -> None:
    edit_board(world.letters, by=world.mei, name="Letters", slug="letters")
    assert not Event.objects.filter(kind="board.changed").exists()


@pytest.mark.parametrize("who", ["coco", "stan", "rita"])
def test_only_officers_build_boards(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        create_board(world.stoneferry, by=getattr(world, who), name="Mine")
    with pytest.raises(Forbidden):
        move_board(world.letters, by=getattr(world, who), step=-1)
