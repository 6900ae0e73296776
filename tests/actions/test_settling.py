"""What comes about by itself around elections: once, however often and late; and everybody hears of it."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from forum.actions.candidacies import propose_candidate
from forum.actions.elections import call_election
from forum.actions.settling import settle_due
from forum.models import City, Election, Event, Membership, Notification, Rules
from tests.actions.electing import DAY, roles, vote
from tests.races import together
from tests.world import World


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
