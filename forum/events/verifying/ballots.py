"""The walk along the ballots of all polls of a city."""

from itertools import batched

from forum.events.chain import ANCHOR, ballot_hash
from forum.events.verifying.events import CHUNK, OF_BALLOTS
from forum.events.verifying.faults import ADDED, REMOVED, Broken
from forum.models import Ballot, City, Event, Poll


def walk_ballots(city: City) -> int:
    """Follow the ballots of each poll and return their number. Raises Broken at the first that is not right."""
    count = sum(_walk_poll(poll) for poll in Poll.objects.filter(city=city).order_by("pk").iterator(CHUNK))
    if count:
        _check_anchored(city)
    return count


def _walk_poll(poll: Poll) -> int:
    previous, number = "", 0
    for ballot in poll.ballots.filter(number__lte=poll.ballots_count).order_by("number").iterator(CHUNK):
        number += 1
        if ballot.number != number:
            raise Broken("ballot", f"{number} of poll {poll.pk}", None, REMOVED)
        if ballot_hash(previous, ballot) != ballot.chain_hash:
            words = "it was altered, or one before it was altered, removed or added"
            raise Broken("ballot", f"{number} of poll {poll.pk}", ballot.pk, words)
        previous = ballot.chain_hash
    if number < poll.ballots_count:
        raise Broken("ballot", f"{number + 1} of poll {poll.pk}", None, REMOVED)
    if previous != poll.chain_head:
        raise Broken("poll", str(poll.pk), poll.pk, "the stored end of its ballots is not the hash of the last one")
    beyond = poll.ballots.filter(number__gt=poll.ballots_count).order_by("number").first()
    if beyond and not Poll.objects.filter(pk=poll.pk, ballots_count__gt=poll.ballots_count).exists():
        raise Broken("ballot", f"{beyond.number} of poll {poll.pk}", beyond.pk, ADDED)
    return number


def _check_anchored(city: City) -> None:
    """See to it that an event of the city holds each ballot. That each such event has its ballot is seen before."""
    ballots = Ballot.objects.filter(poll__city=city).order_by("poll_id", "number")
    acts = Event.objects.filter(city=city, kind__in=OF_BALLOTS)
    if ballots.count() <= acts.count():
        return
    for chunk in batched(ballots.iterator(CHUNK), CHUNK):
        hashes = [ballot.chain_hash for ballot in chunk]
        anchors = set(acts.filter(**{f"data__{ANCHOR}__in": hashes}).values_list(f"data__{ANCHOR}", flat=True))
        for ballot in chunk:
            if ballot.chain_hash not in anchors:
                raise Broken("ballot", f"{ballot.number} of poll {ballot.poll_id}", ballot.pk, ADDED)
