"""The stored numbers of polls and petitions: how they change, and how they are counted anew."""

from django.db.models import F

from forum.models import Ballot, Petition, Poll
from forum.voting.counting import counted


def ballot_came(poll: Poll, ballot: Ballot) -> None:
    """Count a new ballot at the end of the chain of a locked poll."""
    chosen = ballot.choices[:1] if poll.method == Poll.Method.RANKED else ballot.choices
    for option in map(str, chosen):
        poll.counts[option] = poll.counts.get(option, 0) + 1
    Poll.objects.filter(pk=poll.pk).update(
        ballots_count=F("ballots_count") + 1, counts=poll.counts, chain_head=ballot.chain_hash
    )
    poll.ballots_count, poll.chain_head = ballot.number, ballot.chain_hash


def signature_changed(petition: Petition, *, change: int) -> None:
    """Count a signature given (+1) or taken back (-1)."""
    Petition.objects.filter(pk=petition.pk).update(signatures_count=F("signatures_count") + change)
    petition.signatures_count += change


def recount_votes() -> None:
    """Count the ballots of every poll and the signatures of every petition anew."""
    for poll in Poll.objects.all().iterator(chunk_size=200):
        ballots = list(poll.ballots.values_list("choices", flat=True))
        chosen = counted(ballots, {one for row in ballots for one in row}, ranked=poll.method == Poll.Method.RANKED)
        counts = {str(option): number for option, number in chosen.items() if number}
        Poll.objects.filter(pk=poll.pk).update(ballots_count=len(ballots), counts=counts)
    for petition in Petition.objects.all().iterator(chunk_size=200):
        Petition.objects.filter(pk=petition.pk).update(signatures_count=petition.signatures.count())
