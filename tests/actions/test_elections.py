"""Elections: called, stood in, voted, counted, and taking effect by themselves."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from forum.actions.ballots import cast_ballot
from forum.actions.candidacies import propose_candidate, withdraw_candidacy
from forum.actions.elections import call_election, cancel_election
from forum.actions.memberships import join_city, leave_city
from forum.actions.sanctions import impose_sanction
from forum.actions.settling import settle_due
from forum.models import Ballot, City, Election, Event, Membership, Notice, Notification, Rules, Voter
from forum.permissions.verdicts import Forbidden
from tests.races import together
from tests.world import World, make_person

DAY = timedelta(days=1)


@pytest.fixture
def now(world: World) -> datetime:
    """The moment from which the tests count; everybody has been a citizen for a year."""
    Membership.objects.update(joined_at=timezone.now() - 365 * DAY)
    return timezone.now()


def roles(world: World) -> dict[str, str]:
    rows = Membership.objects.filter(city=world.stoneferry).exclude(role="citizen")
    return dict(rows.values_list("user__username", "role"))


def vote(election: Election, ballots: Iterable[tuple[User, list[str]]], at: datetime) -> None:
    election.refresh_from_db()
    options = list(election.poll.options.select_related("person"))
    places = {one.text if one.text in ("yes", "no") else one.person.username: one.position for one in options}
    for person, names in ballots:
        cast_ballot(election.poll, by=person, choices=[places[name] for name in names], at=at)


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


def test_the_site_cancels_an_election(world: World, now: datetime) -> None:
    election = call_election(world.stoneferry, by=world.mei, office="mayor", at=now)
    with pytest.raises(Forbidden):
        cancel_election(election, by=world.mei, reason="No", at=now)
    cancel_election(election, by=world.ada, reason="Forged roll", at=now)
    assert settle_due(now + 30 * DAY) == 0
    assert roles(world)["mei"] == "mayor"


def test_settling_happens_once_however_often_and_late(world: World, now: datetime) -> None:
    election = call_election(world.stoneferry, by=world.mei, office="mayor", at=now)
    propose_candidate(election, by=world.cai, person=world.cai, at=now)
    # Nobody settled for a month: the time to vote is not lost.
    late = now + 30 * DAY
    settle_due(late)
    election.refresh_from_db()
    assert election.state == "voting"
    assert election.ends_at - late >= 7 * DAY - timedelta(minutes=1)
    vote(election, [(world.coco, ["yes"])], at=late + DAY)
    for _ in range(3):
        settle_due(late + 8 * DAY)
    assert Event.objects.filter(kind="election.decided").count() == 1
    assert roles(world)["cai"] == "mayor"


@pytest.mark.django_db(transaction=True)
def test_settling_at_the_same_moment_happens_once(transactional_db: None, world: World) -> None:
    now = timezone.now()
    Membership.objects.update(joined_at=now - 365 * DAY)
    election = call_election(world.stoneferry, by=world.mei, office="mayor", at=now)
    propose_candidate(election, by=world.cai, person=world.cai, at=now)
    together([lambda: settle_due(now + 7 * DAY)] * 3)
    vote(election, [(world.coco, ["yes"])], at=now + 8 * DAY)
    together([lambda: settle_due(now + 14 * DAY)] * 3)
    assert Event.objects.filter(kind="election.decided").count() == 1
    assert Event.objects.filter(kind="mayor.elected").count() == 1


@pytest.mark.django_db(transaction=True)
def test_everybody_on_the_roll_hears_of_it(transactional_db: None, world: World) -> None:
    now = timezone.now()
    Membership.objects.update(joined_at=now - 365 * DAY)
    election = call_election(world.stoneferry, by=world.mei, office="mayor", at=now)
    propose_candidate(election, by=world.dan, person=world.cai, at=now)
    settle_due(now + 7 * DAY)
    heard = set(Notification.objects.filter(user=world.cai).values_list("kind", flat=True))
    assert {"vote_called", "proposed", "vote_decided"} <= heard


def test_the_term_of_the_mayor_ends_with_an_election(world: World, now: datetime) -> None:
    Rules.objects.create(city=world.stoneferry, term_months=6)
    settle_due(now)
    end = City.objects.get(pk=world.stoneferry.pk).term_ends_at
    assert end
    settle_due(end - DAY)
    assert not Election.objects.exists()
    settle_due(end)
    settle_due(end)
    election = Election.objects.get()
    assert election.cause == Election.Cause.TERM
    settle_due(end + 7 * DAY)  # nobody stands: the term begins anew
    renewed = City.objects.get(pk=world.stoneferry.pk).term_ends_at
    assert renewed
    assert renewed > end + 180 * DAY


def test_a_cancelled_election_is_not_called_again_at_once(world: World, now: datetime) -> None:
    Rules.objects.create(city=world.stoneferry, term_months=6)
    City.objects.filter(pk=world.stoneferry.pk).update(term_ends_at=now)
    settle_due(now)
    cancel_election(Election.objects.get(), by=world.ada, reason="Forged roll", at=now + DAY)
    settle_due(now + 2 * DAY)
    assert Election.objects.count() == 1
    settle_due(now + 40 * DAY)
    assert Election.objects.count() == 2
