"""Who calls an election, for how long and how many, and who cancels it."""

from datetime import datetime

import pytest
from django.core.exceptions import ValidationError

from forum.actions.elections import call_election, cancel_election
from forum.actions.settling import settle_due
from forum.models import City, Election, Rules
from forum.permissions.verdicts import Forbidden
from tests.actions.electing import DAY, roles
from tests.world import World


@pytest.mark.parametrize("who", ["dan", "coco", "stan", "rita"])
def test_only_mayor_and_site_call_elections(world: World, now: datetime, who: str) -> None:
    with pytest.raises(Forbidden):
        call_election(world.stoneferry, by=getattr(world, who), office="mayor", at=now)


def test_an_election_needs_three_who_may_vote(world: World, now: datetime) -> None:
    Rules.objects.create(city=world.stoneferry, vote_days=400)
    with pytest.raises(ValidationError, match="three citizens"):
        call_election(world.stoneferry, by=world.mei, office="mayor", at=now)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"nominating_days": 2}, "nominating_days"), ({"voting_days": 31}, "voting_days"), ({"seats": 0}, "seats")],
)
def test_days_and_seats_have_limits(world: World, now: datetime, wrong: dict[str, int], field: str) -> None:
    with pytest.raises(ValidationError) as problem:
        call_election(world.stoneferry, by=world.mei, office="deputy", at=now, **wrong)
    assert field in problem.value.message_dict


def test_one_election_for_an_office_runs_at_a_time(world: World, now: datetime) -> None:
    election = call_election(world.stoneferry, by=world.mei, office="mayor", at=now)
    assert call_election(world.stoneferry, by=world.mei, office="mayor", at=now) == election
    assert call_election(world.stoneferry, by=world.mei, office="deputy", at=now) != election


def test_the_site_cancels_an_election(world: World, now: datetime) -> None:
    election = call_election(world.stoneferry, by=world.mei, office="mayor", at=now)
    with pytest.raises(Forbidden):
        cancel_election(election, by=world.mei, reason="No", at=now)
    cancel_election(election, by=world.ada, reason="Forged roll", at=now)
    assert settle_due(now + 30 * DAY) == 0
    assert roles(world)["mei"] == "mayor"


def test_a_cancelled_election_is_not_called_again_at_once(world: World, now: datetime) -> None:
    Rules.objects.create(city=world.stoneferry, term_months=6)
    City.objects.filter(pk=world.stoneferry.pk).update(term_ends_at=now)
    settle_due(now)
    cancel_election(Election.objects.get(), by=world.ada, reason="Forged roll", at=now + DAY)
    settle_due(now + 2 * DAY)
    assert Election.objects.count() == 1
    settle_due(now + 40 * DAY)
    assert Election.objects.count() == 2
