"""The mayor ticks what each deputy may do, and the log says so."""

import pytest
from django.core.exceptions import ValidationError

from forum.actions.abilities import grant_abilities
from forum.actions.memberships import dismiss_deputy, name_deputy
from forum.actions.moderation import lock_thread
from forum.actions.pinning import pin_thread
from forum.models import Event, Grant, Membership
from forum.permissions.verdicts import Forbidden
from tests.world import World


@pytest.fixture
def deputy(world: World) -> Membership:
    """Dan's membership."""
    return Membership.objects.get(city=world.stoneferry, user=world.dan)


def test_deputy_may_do_exactly_what_is_ticked(world: World, deputy: Membership) -> None:
    grant_abilities(deputy, by=world.mei, abilities=["pin"])
    pin_thread(world.thread, by=world.dan)
    with pytest.raises(Forbidden):
        lock_thread(world.thread, by=world.dan)
    grant_abilities(deputy, by=world.mei, abilities=["lock"])
    lock_thread(world.thread, by=world.dan)


def test_change_stands_in_the_log_once_in_the_order_of_the_table(world: World, deputy: Membership) -> None:
    grant_abilities(deputy, by=world.mei, abilities=["hide", "pin"])
    grant_abilities(deputy, by=world.mei, abilities=["pin", "hide"])
    event = Event.objects.get(kind="deputy.granted")
    assert (event.person, event.in_log, event.data["abilities"]) == (world.dan, True, ["pin", "hide"])
    assert len(event.data["were"]) > 2


def test_only_the_mayor_ticks(world: World, deputy: Membership) -> None:
    for who in (world.dan, world.cai, world.stan):
        with pytest.raises(Forbidden, match="Only the mayor"):
            grant_abilities(deputy, by=who, abilities=["pin"])


def test_there_are_only_the_abilities_of_the_table_and_only_for_deputies(world: World, deputy: Membership) -> None:
    for name in ("govern", "flying"):
        with pytest.raises(ValidationError, match="no such ability"):
            grant_abilities(deputy, by=world.mei, abilities=[name])
    for one in Membership.objects.filter(city=world.stoneferry).exclude(user=world.dan):
        with pytest.raises(ValidationError, match="not a deputy"):
            grant_abilities(one, by=world.mei, abilities=["pin"])


def test_what_was_ticked_goes_with_the_office(world: World, deputy: Membership) -> None:
    grant_abilities(deputy, by=world.mei, abilities=[])
    dismiss_deputy(world.stoneferry, by=world.mei, person=world.dan)
    name_deputy(world.stoneferry, by=world.mei, person=world.dan)
    assert Grant.objects.filter(membership=deputy, ability="lock").exists()
