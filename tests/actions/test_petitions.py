"""Petitions: started, signed, carried, lapsed."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from forum.actions.elections import call_election
from forum.actions.petitions import sign_petition, start_petition, unsign_petition
from forum.actions.settling import settle_due
from forum.models import Election, Event, Membership, Petition, Rules
from forum.permissions.verdicts import Forbidden
from tests.races import together
from tests.world import World

DAY = timedelta(days=1)


@pytest.fixture
def now(world: World) -> datetime:
    """The moment from which the tests count; half of the four citizens of a year must sign."""
    Membership.objects.update(joined_at=timezone.now() - 365 * DAY)
    Rules.objects.create(city=world.stoneferry, petition_percent=50)
    return timezone.now()


def test_the_last_signature_needed_calls_the_vote(world: World, now: datetime) -> None:
    petition = start_petition(world.stoneferry, by=world.cai, office="mayor", words="It is time.", at=now)
    assert (petition.needed, petition.signatures_count, petition.state) == (2, 1, "open")
    carried = sign_petition(petition, by=world.coco, at=now + DAY)
    assert carried.state == Petition.State.CARRIED
    assert carried.election
    assert carried.election.cause == Election.Cause.PETITION
    assert Event.objects.get(kind="petition.carried").actor is None


def test_citizens_recall_an_officer_by_petition(world: World, now: datetime) -> None:
    petition = start_petition(
        world.stoneferry, by=world.cai, office="recall", person=world.dan, words="Never there.", at=now
    )
    election = sign_petition(petition, by=world.coco, at=now).election
    assert election
    assert (election.person, election.state) == (world.dan, "voting")


def test_signing_twice_counts_once_and_a_signature_can_be_taken_back(world: World, now: datetime) -> None:
    Rules.objects.update(petition_percent=100)
    petition = start_petition(world.stoneferry, by=world.cai, office="mayor", words="Please.", at=now)
    for _ in range(2):
        assert sign_petition(petition, by=world.coco, at=now).signatures_count == 2
    for _ in range(2):
        assert unsign_petition(petition, by=world.coco, at=now).signatures_count == 1


@pytest.mark.parametrize("who", ["rita", "stan", "ada"])
def test_only_citizens_of_long_enough_start_and_sign(world: World, now: datetime, who: str) -> None:
    Rules.objects.update(petition_percent=100)
    with pytest.raises(Forbidden):
        start_petition(world.stoneferry, by=getattr(world, who), office="mayor", words="Please.", at=now)
    petition = start_petition(world.stoneferry, by=world.cai, office="mayor", words="Please.", at=now)
    with pytest.raises(Forbidden):
        sign_petition(petition, by=getattr(world, who), at=now)
    Membership.objects.filter(user=world.coco).update(joined_at=now)
    with pytest.raises(Forbidden, match="long enough"):
        sign_petition(petition, by=world.coco, at=now)


def test_a_petition_lapses_after_thirty_days(world: World, now: datetime) -> None:
    petition = start_petition(world.stoneferry, by=world.cai, office="mayor", words="Please.", at=now)
    settle_due(now + 30 * DAY)
    petition.refresh_from_db()
    assert petition.state == Petition.State.LAPSED
    with pytest.raises(Forbidden, match="closed"):
        sign_petition(petition, by=world.coco, at=now + 30 * DAY)


def test_what_no_vote_can_come_of_is_refused(world: World, now: datetime) -> None:
    with pytest.raises(ValidationError, match="why"):
        start_petition(world.stoneferry, by=world.cai, office="mayor", words=" ", at=now)
    with pytest.raises(ValidationError, match="recalled"):
        start_petition(world.stoneferry, by=world.cai, office="recall", person=world.coco, words="No.", at=now)
    call_election(world.stoneferry, by=world.mei, office="mayor", at=now)
    with pytest.raises(ValidationError, match="under way"):
        start_petition(world.stoneferry, by=world.cai, office="mayor", words="Please.", at=now)


def test_a_second_petition_for_the_same_is_the_first(world: World, now: datetime) -> None:
    petition = start_petition(world.stoneferry, by=world.cai, office="mayor", words="Please.", at=now)
    assert start_petition(world.stoneferry, by=world.coco, office="mayor", words="Mine.", at=now) == petition


@pytest.mark.django_db(transaction=True)
def test_last_signatures_at_the_same_moment_call_one_vote(transactional_db: None, world: World) -> None:
    Membership.objects.update(joined_at=timezone.now() - 365 * DAY)
    Rules.objects.create(city=world.stoneferry, petition_percent=50)
    petition = start_petition(world.stoneferry, by=world.cai, office="mayor", words="Now.")
    late: list[Exception] = []

    def sign(person: str) -> None:
        try:
            sign_petition(petition, by=getattr(world, person))
        except Forbidden as problem:
            late.append(problem)

    together([lambda: sign("coco"), lambda: sign("dan"), lambda: sign("mei")])
    assert Election.objects.count() == 1
    assert len(late) == 2
