"""What the demo world votes on."""

from dataclasses import replace

import pytest

from forum.management.demo import load
from forum.management.seeding import seed
from forum.management.voting import vote_steps
from forum.models import Ballot, Election, Voter

pytestmark = pytest.mark.django_db


def test_one_city_elects_a_deputy_when_one_first_comes() -> None:
    world = load()
    told = next(city for city in world.cities if city.slug == "old-news")
    seeder = seed(replace(world, cities=(replace(told, threads=()),), digests=()))
    election = Election.objects.get()
    assert (election.state, election.candidacies.count()) == (Election.State.VOTING, 2)
    assert Ballot.objects.count() == 8
    # Who tries the site finds a ballot to cast.
    assert Voter.objects.filter(poll=election.poll, user=seeder.people["citizen"], has_voted=False).exists()


def test_a_world_without_these_cities_votes_on_nothing() -> None:
    assert list(vote_steps(None, {"elsewhere"})) == []
