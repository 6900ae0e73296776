"""Handing over, absent mayors and who follows them, naming a mayor, archiving a city."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from forum.actions.absences import mayors_long_away
from forum.actions.archiving import archive_city, reopen_city
from forum.actions.elections import call_election
from forum.actions.handovers import answer_offer, appoint_mayor, offer_office, withdraw_offer
from forum.actions.memberships import dismiss_deputy, leave_city
from forum.actions.petitions import sign_petition, start_petition
from forum.actions.posts import add_reply
from forum.actions.settling import settle_due
from forum.models import City, Election, Event, Handover, Membership, Notice, Petition, Rules
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Forbidden
from forum.queries.succession import cities_waiting_for_a_mayor
from tests.world import World

DAY = timedelta(days=1)


def mayor(world: World) -> User:
    return Membership.objects.get(city=world.stoneferry, role="mayor").user


def gone(world: World, *people: User) -> datetime:
    """Return now; these people, and Stan of the other city, were last here 75 days ago, all others are here today."""
    now = timezone.now()
    Membership.objects.update(joined_at=now - 365 * DAY)
    User.objects.filter(pk__in=[one.pk for one in people]).update(last_seen_on=(now - 75 * DAY).date())
    return now


def settle_days(start: datetime, days: int) -> datetime:
    """Settle once a day, as everybody else keeps coming; return the last moment."""
    for day in range(days):
        at = start + day * DAY
        User.objects.filter(last_seen_on__gte=(start - DAY).date()).update(last_seen_on=at.date())
        settle_due(at)
    return start + (days - 1) * DAY


def test_a_mayor_hands_over_and_becomes_a_citizen(world: World) -> None:
    offer = offer_office(world.stoneferry, by=world.mei, person=world.cai)
    assert offer_office(world.stoneferry, by=world.mei, person=world.cai) == offer
    answer_offer(offer, by=world.cai, accept=True)
    answer_offer(offer, by=world.cai, accept=True)
    assert mayor(world) == world.cai
    assert Viewer.of(world.mei).role_in(world.stoneferry) == "citizen"
    assert Event.objects.filter(kind="mayor.handed").count() == 1
    assert "蔡渡" in Notice.objects.get(author=None).title


def test_an_offer_is_declined_or_withdrawn(world: World) -> None:
    answer_offer(offer_office(world.stoneferry, by=world.mei, person=world.cai), by=world.cai, accept=False)
    offer = offer_office(world.stoneferry, by=world.mei, person=world.coco)
    with pytest.raises(ValidationError, match="Withdraw that offer first"):
        offer_office(world.stoneferry, by=world.mei, person=world.dan)
    withdraw_offer(offer, by=world.mei)
    assert answer_offer(offer, by=world.coco, accept=True).state == "withdrawn"
    assert mayor(world) == world.mei


def test_only_the_mayor_offers_and_only_who_is_offered_answers(world: World) -> None:
    with pytest.raises(Forbidden):
        offer_office(world.stoneferry, by=world.dan, person=world.cai)
    with pytest.raises(ValidationError):
        offer_office(world.stoneferry, by=world.mei, person=world.rita)
    offer = offer_office(world.stoneferry, by=world.mei, person=world.cai)
    with pytest.raises(Forbidden):
        answer_offer(offer, by=world.coco, accept=True)


def test_an_offer_does_not_hold_for_who_left_nor_during_an_election(world: World) -> None:
    offer = offer_office(world.stoneferry, by=world.mei, person=world.cai)
    Membership.objects.update(joined_at=timezone.now() - 365 * DAY)
    call_election(world.stoneferry, by=world.mei, office="mayor")
    with pytest.raises(ValidationError, match="electing"):
        answer_offer(offer, by=world.cai, accept=True)
    leave_city(world.stoneferry, by=world.cai)
    with pytest.raises(ValidationError, match="hold"):
        answer_offer(offer, by=world.cai, accept=True)


def test_an_absent_mayor_is_warned_and_two_weeks_later_followed_by_the_deputy(world: World) -> None:
    start = gone(world, world.mei)
    settle_days(start, 14)
    assert Event.objects.filter(kind="mayor.warned", city=world.stoneferry).count() == 1
    assert mayor(world) == world.mei
    settle_days(start, 17)
    assert mayor(world) == world.dan
    assert Event.objects.filter(kind="mayor.followed", city=world.stoneferry).count() == 1


def test_of_who_is_away_only_those_are_looked_at_for_whom_something_is_to_be_done(world: World) -> None:
    start = gone(world, world.mei)
    assert mayors_long_away(start) == []
    settle_due(start + DAY)
    assert mayors_long_away(start + 2 * DAY) == []
    [mei] = mayors_long_away(start + 17 * DAY)
    assert mei.user == world.mei


def test_nobody_is_followed_without_a_warning_even_when_the_clock_jumps(world: World) -> None:
    now = gone(world, world.mei)
    User.objects.filter(pk=world.mei.pk).update(last_seen_on=(now - 300 * DAY).date())
    settle_due(now)
    assert mayor(world) == world.mei
    settle_due(now + 13 * DAY)
    assert mayor(world) == world.mei
    settle_due(now + 14 * DAY)
    assert mayor(world) == world.dan


def test_a_mayor_who_comes_back_stays_mayor(world: World) -> None:
    start = gone(world, world.mei)
    settle_days(start, 10)
    User.objects.filter(pk=world.mei.pk).update(last_seen_on=(start + 10 * DAY).date())
    settle_due(start + 30 * DAY)
    assert mayor(world) == world.mei


def test_without_a_deputy_who_comes_the_citizens_elect(world: World) -> None:
    start = gone(world, world.mei, world.dan)
    settle_days(start, 17)
    election = Election.objects.get(city=world.stoneferry)
    assert (election.cause, election.state) == ("absence", "nominating")
    assert mayor(world) == world.mei  # until somebody is elected


def test_where_nobody_can_follow_the_site_is_told_once_and_names_a_mayor(world: World) -> None:
    start = gone(world, world.mei)
    dismiss_deputy(world.stoneferry, by=world.mei, person=world.dan)
    Rules.objects.create(city=world.stoneferry, vote_days=1000)
    end = settle_days(start, 20)
    assert Event.objects.filter(kind="mayor.missing", city=world.stoneferry).count() == 1
    assert world.stoneferry in cities_waiting_for_a_mayor(Viewer.of(world.ada))
    assert cities_waiting_for_a_mayor(Viewer.of(world.mei)) == []
    with pytest.raises(Forbidden):
        appoint_mayor(world.stoneferry, by=world.dan, person=world.dan, reason="Me.")
    appoint_mayor(world.stoneferry, by=world.ada, person=world.cai, reason="Nobody else came.", at=end)
    assert mayor(world) == world.cai
    assert cities_waiting_for_a_mayor(Viewer.of(world.ada)) == []


def test_after_an_election_for_absence_failed_the_site_is_told(world: World) -> None:
    start = gone(world, world.mei, world.dan)
    settle_days(start, 30)
    assert Election.objects.get(city=world.stoneferry).state == "failed"
    assert Event.objects.filter(kind="mayor.missing", city=world.stoneferry).count() == 1


def test_an_archived_city_is_read_only_and_its_votes_end(world: World) -> None:
    Membership.objects.update(joined_at=timezone.now() - 365 * DAY)
    Rules.objects.create(city=world.stoneferry, petition_percent=100)
    election = call_election(world.stoneferry, by=world.mei, office="mayor")
    petition = start_petition(world.stoneferry, by=world.cai, office="deputy", words="More.")
    offer = offer_made_before(world)
    for _ in range(2):
        archive_city(world.stoneferry, by=world.mei, reason="We have moved.")
    election.refresh_from_db()
    petition.refresh_from_db()
    offer.refresh_from_db()
    assert (election.state, petition.state, offer.state) == ("cancelled", Petition.State.LAPSED, "withdrawn")
    with pytest.raises(Forbidden, match="archived"):
        add_reply(world.thread, by=world.cai, body="Still here?")
    reopen_city(world.stoneferry, by=world.mei)
    add_reply(world.thread, by=world.cai, body="Still here!")
    kinds = list(Event.objects.filter(kind__in=("city.archived", "city.reopened")).values_list("kind", flat=True))
    assert sorted(kinds) == ["city.archived", "city.reopened"]


def offer_made_before(world: World) -> Handover:
    return Handover.objects.create(city=world.stoneferry, offered_by=world.mei, person=world.cai)


@pytest.mark.parametrize("who", ["dan", "coco", "stan", "rita"])
def test_only_mayor_and_site_archive_a_city(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        archive_city(world.stoneferry, by=getattr(world, who), reason="Mine now.")


def test_archiving_needs_a_reason(world: World) -> None:
    with pytest.raises(ValidationError):
        archive_city(world.stoneferry, by=world.mei, reason=" ")


def test_no_mayor_ends_a_recall_by_archiving_the_city(world: World) -> None:
    Membership.objects.update(joined_at=timezone.now() - 365 * DAY)
    Rules.objects.create(city=world.stoneferry, petition_percent=50)
    petition = start_petition(world.stoneferry, by=world.cai, office="recall", person=world.mei, words="Enough.")
    with pytest.raises(Forbidden, match="recall"):
        archive_city(world.stoneferry, by=world.mei, reason="We have moved.")
    sign_petition(petition, by=world.coco)
    assert Election.objects.filter(office="recall", state="voting").exists()
    with pytest.raises(Forbidden, match="recall"):
        archive_city(world.stoneferry, by=world.mei, reason="We have moved.")
    archive_city(world.stoneferry, by=world.ada, reason="Spam.")
    assert City.objects.get(pk=world.stoneferry.pk).is_archived
