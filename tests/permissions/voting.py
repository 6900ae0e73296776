"""The votes in the world of the table: an election, a petition, and the office of mayor on offer."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from forum.actions.candidacies import propose_candidate
from forum.actions.elections import call_election
from forum.actions.handovers import offer_office
from forum.actions.petitions import start_petition
from forum.actions.polls import set_poll
from forum.models import Membership, Rules
from tests.world import World


class Voting:
    """Cai's poll, an election for which Cai is proposed, Dan's petition, and the office on offer to Cai."""

    def __init__(self, world: World) -> None:
        self.world = world
        Membership.objects.filter(city=world.stoneferry).update(joined_at=timezone.now() - timedelta(days=365))
        self.poll = set_poll(
            world.thread, by=world.cai, question="Three or four?", options=["Three", "Four"], showing="live"
        )
        offer_office(world.stoneferry, by=world.mei, person=world.cai)
        self.election = call_election(world.stoneferry, by=world.mei, office="mayor")
        propose_candidate(self.election, by=world.dan, person=world.cai)
        rules = Rules.objects.create(city=world.stoneferry, petition_percent=100)
        self.petition = start_petition(world.stoneferry, by=world.dan, office="deputy", words="More of them.")
        rules.delete()

    def arguments(self) -> dict[str, Any]:
        """Return what the addresses are made of, by the names the URL patterns use."""
        return {"poll": self.poll.pk, "election": self.election.pk, "petition": self.petition.pk}

    def sent(self) -> dict[str, dict[str, Any]]:
        """Return the rightly filled-in forms."""
        poll = {"question": "Planks?", "options": "Three\nFour", "method": "single", "voters": "members"}
        return {
            "thread_poll": {**poll, "showing": "live"},
            "poll_vote": {"choices": "1"},
            "election_new": {"office": "deputy", "seats": 2, "nominating_days": 7, "voting_days": 7},
            "election_propose": {"person": "dan"},
            "petition_new": {"office": "recall", "person": self.world.dan.pk, "words": "Never there."},
            "hall_succession": {"person": "cai"},
            "hall_appoint": {"person": "coco", "reason": "The mayor is gone."},
            "handover": {"answer": "decline"},
        }
