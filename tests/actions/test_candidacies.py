"""Candidates: proposed, consenting, withdrawing, struck when they leave."""

from datetime import datetime

import pytest
from django.core.exceptions import ValidationError

from forum.actions.candidacies import propose_candidate, withdraw_candidacy
from forum.actions.elections import call_election
from forum.actions.memberships import leave_city
from forum.actions.settling import settle_due
from forum.permissions.verdicts import Forbidden
from tests.actions.electing import DAY, vote
from tests.world import World


def test_the_proposed_must_consent_and_may_withdraw(world: World, now: datetime) -> None:
    election = call_election(world.stoneferry, by=world.mei, office="mayor", at=now)
    proposed = propose_candidate(election, by=world.dan, person=world.cai, at=now)
    assert proposed.consented_at is None
    assert propose_candidate(election, by=world.coco, person=world.cai, at=now) == proposed
    propose_candidate(election, by=world.cai, person=world.cai, statement="Gladly.", at=now)
    willing = propose_candidate(election, by=world.coco, person=world.coco, at=now)
    with pytest.raises(Forbidden):
        withdraw_candidacy(willing, by=world.mei, at=now)
    withdraw_candidacy(willing, by=world.coco, at=now)
    settle_due(now + 7 * DAY)
    assert [option.person for option in election.poll.options.order_by("position")] == [world.cai, None]
    with pytest.raises(Forbidden, match="closed"):
        withdraw_candidacy(proposed, by=world.cai, at=now + 8 * DAY)


def test_a_stranger_cannot_be_proposed_nor_the_mayor_as_a_deputy(world: World, now: datetime) -> None:
    election = call_election(world.stoneferry, by=world.mei, office="deputy", at=now)
    for person in (world.rita, world.mei):
        with pytest.raises(ValidationError, match="cannot stand"):
            propose_candidate(election, by=world.cai, person=person, at=now)


def test_a_candidate_who_left_is_struck_and_the_ballots_pass_on(world: World, now: datetime) -> None:
    election = call_election(world.stoneferry, by=world.mei, office="mayor", at=now)
    for person in (world.cai, world.coco, world.dan):
        propose_candidate(election, by=person, person=person, at=now)
    settle_due(now + 7 * DAY)
    vote(
        election,
        [(world.cai, ["cai", "coco"]), (world.mei, ["cai", "coco"]), (world.dan, ["dan"]), (world.coco, ["coco"])],
        at=now + 8 * DAY,
    )
    leave_city(world.stoneferry, by=world.cai)
    settle_due(now + 14 * DAY)
    election.refresh_from_db()
    assert election.outcome["people"] == [world.coco.pk]
    assert len(election.poll.result["struck"]) == 1
