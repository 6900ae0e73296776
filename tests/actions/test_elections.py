"""Elections: who may vote, how it is counted, and what takes effect by itself."""

from datetime import datetime

import pytest

from accounts.models import User
from forum.actions.candidacies import propose_candidate
from forum.actions.elections import call_election
from forum.actions.memberships import join_city
from forum.actions.sanctions import impose_sanction
from forum.actions.settling import settle_due
from forum.models import Ballot, Election, Event, Membership, Notice, Voter
from forum.permissions.verdicts import Forbidden
from tests.actions.electing import DAY, roles, vote
from tests.world import World, make_person


def test_citizens_elect_a_mayor_by_ranking(world: World, now: datetime) -> None:
    election = call_election(world.stoneferry, by=world.mei, office="mayor", reason="It is time.", at=now)
    for person in (world.cai, world.coco, world.mei):
        propose_candidate(election, by=person, person=person, statement="Bridges.", at=now + DAY)
    settle_due(now + 7 * DAY)
    vote(
        election,
        [
            (world.mei, ["mei"]),
            (world.dan, ["cai", "coco"]),
            (world.cai, ["cai", "coco"]),
            (world.coco, ["coco", "cai"]),
        ],
        at=now + 8 * DAY,
    )
    settle_due(now + 14 * DAY)
    election.refresh_from_db()
    assert election.state == Election.State.DONE
    assert election.outcome["names"] == ["蔡渡"]
    assert roles(world) == {"dan": "deputy", "cai": "mayor"}
    notice = Notice.objects.filter(author=None).order_by("pk").last()
    assert notice
    assert "蔡渡" in notice.body
    assert Event.objects.get(kind="mayor.elected").person == world.cai
    assert Event.objects.get(kind="election.decided").data["seal"] == election.poll.result["seal"]


def test_the_roll_is_fixed_when_the_election_is_called(world: World, now: datetime) -> None:
    newcomer, banned = make_person("nina"), make_person("bert")
    join_city(world.stoneferry, by=newcomer)
    join_city(world.stoneferry, by=banned)
    Membership.objects.filter(user=banned).update(joined_at=now - 365 * DAY)
    impose_sanction(world.stoneferry, by=world.mei, person=banned, kind="ban", reason="spam", words="Spam.")
    election = call_election(world.stoneferry, by=world.mei, office="mayor", at=now)
    on_roll = set(Voter.objects.filter(poll=election.poll).values_list("user__username", flat=True))
    assert on_roll == {"mei", "dan", "cai", "coco"}
    with pytest.raises(Forbidden, match="roll"):
        propose_candidate(election, by=newcomer, person=newcomer, at=now)


def test_a_later_ban_does_not_take_the_vote_away_but_a_stranger_has_none(world: World, now: datetime) -> None:
    election = call_election(world.stoneferry, by=world.mei, office="mayor", at=now)
    propose_candidate(election, by=world.cai, person=world.cai, at=now)
    settle_due(now + 7 * DAY)
    impose_sanction(world.stoneferry, by=world.mei, person=world.coco, kind="ban", reason="spam", words="Spam.")
    vote(election, [(world.coco, ["no"])], at=now + 8 * DAY)
    with pytest.raises(Forbidden, match="roll"):
        vote(election, [(world.rita, ["no"])], at=now + 8 * DAY)
    with pytest.raises(Forbidden, match="closed"):
        vote(election, [(world.dan, ["no"])], at=now + 14 * DAY)
    assert Ballot.objects.count() == 1


def test_a_sole_candidate_needs_more_yes_than_no(world: World, now: datetime) -> None:
    for ballots, state in ((["yes", "no"], "failed"), (["yes", "yes", "no"], "done")):
        election = call_election(world.stoneferry, by=world.mei, office="mayor", at=now)
        propose_candidate(election, by=world.cai, person=world.cai, at=now)
        settle_due(now + 7 * DAY)
        people = (world.mei, world.dan, world.coco)
        vote(election, [(person, [one]) for person, one in zip(people, ballots, strict=False)], at=now + 8 * DAY)
        settle_due(now + 14 * DAY)
        election.refresh_from_db()
        assert election.state == state
        now += 20 * DAY
    assert roles(world)["cai"] == "mayor"


def test_without_candidates_or_ballots_everybody_keeps_the_office(world: World, now: datetime) -> None:
    first = call_election(world.stoneferry, by=world.mei, office="mayor", at=now)
    settle_due(now + 7 * DAY)
    first.refresh_from_db()
    assert (first.state, first.outcome["why"]) == ("failed", "no_candidates")
    second = call_election(world.stoneferry, by=world.mei, office="mayor", at=now + 8 * DAY)
    for person in (world.cai, world.coco):
        propose_candidate(second, by=person, person=person, at=now + 9 * DAY)
    settle_due(now + 15 * DAY)
    settle_due(now + 22 * DAY)
    second.refresh_from_db()
    assert (second.state, second.outcome["why"]) == ("failed", "no_ballots")
    assert roles(world) == {"mei": "mayor", "dan": "deputy"}


def test_deputies_are_elected_by_approval_and_earlier_ones_step_down(world: World, now: datetime) -> None:
    election = call_election(world.stoneferry, by=world.mei, office="deputy", seats=1, at=now)
    for person in (world.cai, world.coco, world.dan):
        propose_candidate(election, by=person, person=person, at=now)
    settle_due(now + 7 * DAY)
    vote(
        election,
        [(world.mei, ["cai", "coco"]), (world.dan, ["dan", "coco"]), (world.coco, ["coco"]), (world.cai, ["cai"])],
        at=now + 8 * DAY,
    )
    settle_due(now + 14 * DAY)
    assert roles(world) == {"mei": "mayor", "coco": "deputy"}
    assert Event.objects.get(kind="deputy.ended").person == world.dan


def recalled(world: World, person: User, ballots: list[str], now: datetime) -> Election:
    election = call_election(world.stoneferry, by=world.ada, office="recall", person=person, at=now)
    people = (world.mei, world.dan, world.cai, world.coco)
    vote(election, [(one, [choice]) for one, choice in zip(people, ballots, strict=False)], at=now + DAY)
    settle_due(now + 7 * DAY)
    election.refresh_from_db()
    return election


def test_a_recall_needs_a_majority_and_a_quarter_of_the_roll(world: World, now: datetime) -> None:
    assert recalled(world, world.dan, [], now).outcome["why"] == "quorum"
    assert recalled(world, world.dan, ["yes", "no"], now + 10 * DAY).outcome["why"] == "more_no"
    assert roles(world)["dan"] == "deputy"
    assert recalled(world, world.dan, ["yes"], now + 20 * DAY).state == "done"
    assert roles(world) == {"mei": "mayor"}


def test_a_recalled_mayor_is_followed_by_the_deputy_until_the_citizens_elect(world: World, now: datetime) -> None:
    recalled(world, world.mei, ["no", "yes", "yes"], now)
    assert roles(world) == {"dan": "mayor"}
    assert Election.objects.get(office="mayor").state == "nominating"
    with pytest.raises(Forbidden):
        call_election(world.stoneferry, by=world.dan, office="recall", person=world.dan, at=now)
