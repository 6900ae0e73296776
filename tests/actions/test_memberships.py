"""Joining, leaving, naming and dismissing."""

import pytest
from django.core.exceptions import ValidationError

from forum.actions.memberships import dismiss_deputy, join_city, leave_city, name_deputy
from forum.models import City, Event, Membership
from forum.permissions.verdicts import Forbidden
from tests.world import World


def _role(world: World, username: str) -> str:
    return Membership.objects.get(city=world.stoneferry, user__username=username).role


def test_joining_twice_makes_one_citizen(world: World) -> None:
    assert join_city(world.stoneferry, by=world.rita) == join_city(world.stoneferry, by=world.rita)
    assert City.objects.get(pk=world.stoneferry.pk).citizens_count == 5


def test_a_city_by_application_is_not_joined_at_once(world: World) -> None:
    with pytest.raises(Forbidden, match="by application"):
        join_city(world.hilltop, by=world.rita)


def test_an_archived_city_is_not_joined(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(state=City.State.ARCHIVED)
    with pytest.raises(Forbidden, match="archived"):
        join_city(world.stoneferry, by=world.rita)


def test_leaving_keeps_what_one_wrote(world: World) -> None:
    leave_city(world.stoneferry, by=world.coco)
    leave_city(world.stoneferry, by=world.coco)
    world.reply.refresh_from_db()
    assert world.reply.author == world.coco
    assert City.objects.get(pk=world.stoneferry.pk).citizens_count == 3


def test_the_mayor_cannot_leave(world: World) -> None:
    with pytest.raises(Forbidden, match="always has one"):
        leave_city(world.stoneferry, by=world.mei)


def test_the_mayor_names_and_dismisses_deputies_in_public(world: World) -> None:
    name_deputy(world.stoneferry, by=world.mei, person=world.coco, reason="for the letters")
    assert _role(world, "coco") == Membership.Role.DEPUTY
    dismiss_deputy(world.stoneferry, by=world.mei, person=world.coco, reason="she asked")
    assert _role(world, "coco") == Membership.Role.CITIZEN
    reasons = Event.objects.filter(person=world.coco, in_log=True).order_by("pk").values_list("kind", "reason")
    assert list(reasons) == [("deputy.named", "for the letters"), ("deputy.dismissed", "she asked")]


def test_naming_a_deputy_again_records_nothing(world: World) -> None:
    name_deputy(world.stoneferry, by=world.mei, person=world.dan)
    assert Event.objects.filter(kind="deputy.named").count() == 1


@pytest.mark.parametrize("who", ["rita", "mei"])
def test_only_citizens_without_the_mayor_become_deputies(world: World, who: str) -> None:
    with pytest.raises(ValidationError) as problem:
        name_deputy(world.stoneferry, by=world.mei, person=getattr(world, who))
    assert "person" in problem.value.message_dict


@pytest.mark.parametrize("who", ["dan", "coco", "stan"])
def test_nobody_but_the_mayor_names_deputies(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        name_deputy(world.stoneferry, by=getattr(world, who), person=world.cai)
