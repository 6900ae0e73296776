"""The walk along the events of a city."""

from collections.abc import Sequence
from itertools import batched

from forum.events.chain import ANCHOR, event_content_hash, event_hash
from forum.events.verifying.faults import ADDED, REMOVED, Broken
from forum.models import Ballot, Chain, Event, Revision

CHUNK = 500  # rows held at a time
OF_REVISIONS = ("thread.created", "post.created", "post.held", "post.edited")
ERASINGS = ("event.erased", "event.taken_back")
OF_BALLOTS = ("poll.ballot_cast",)


def walk_events(end: Chain, noted: str, marks: dict[str, int]) -> int:
    """Follow the events up to `end` and return their number; note in `marks` where the hash `noted` stands.

    Raises Broken at the first that was altered, removed or added.
    """
    rows = Event.objects.filter(city=end.pk)
    if stray := rows.filter(position=None).order_by("pk").first():
        raise Broken("event", "without a place in the chain", stray.pk, ADDED)
    erased = erased_events(end.pk)
    previous, expected = "", 1
    for chunk in batched(rows.filter(position__lte=end.length).order_by("position").iterator(CHUNK), CHUNK):
        for event in chunk:
            if event.position != expected:
                raise _missing(expected)
            _check(event, previous, erased)
            previous, expected = event.chain_hash, expected + 1
            if previous == noted:
                marks[noted] = event.position
        _check_anchors(chunk)
    _check_end(end, previous, expected)
    return end.length


def erased_events(city_id: int) -> set[int]:
    """Return the places of the events whose content was erased by the program."""
    acts = Event.objects.filter(city=city_id, kind__in=ERASINGS).values_list("data", flat=True)
    return {data.get("position", 0) for data in acts.iterator(CHUNK)}


def _missing(position: int) -> Broken:
    return Broken("event", f"no. {position}", None, REMOVED)


def _check(event: Event, previous: str, erased: set[int]) -> None:
    place = f"no. {event.position}"
    if event.salt:
        if event_content_hash(event) != event.content_hash:
            raise Broken("event", place, event.pk, "its reason or its data were altered")
    elif event.position not in erased:
        raise Broken("event", place, event.pk, "its content is gone, and no act says who erased it")
    elif event.reason or any(isinstance(value, str) for name, value in event.data.items() if name != ANCHOR):
        raise Broken("event", place, event.pk, "it was given content again after that was erased")
    if event_hash(previous, event) != event.chain_hash:
        words = "who, what, on what or when was altered, or a row before it was removed, added or moved"
        raise Broken("event", place, event.pk, words)


def _check_anchors(chunk: Sequence[Event]) -> None:
    """See to it that the revisions and ballots to which the events hold are there."""
    revisions = [event for event in chunk if event.kind in OF_REVISIONS and ANCHOR in event.data]
    if revisions:
        there = Revision.objects.filter(
            post__in=[event.post_id for event in revisions], chain_hash__in=[event.data[ANCHOR] for event in revisions]
        )
        _require(revisions, set(there.values_list("chain_hash", flat=True)), "the version of the post it tells of")
    ballots = [event for event in chunk if event.kind in OF_BALLOTS and ANCHOR in event.data]
    if ballots:
        cast = Ballot.objects.filter(
            poll__city=ballots[0].city_id, chain_hash__in=[event.data[ANCHOR] for event in ballots]
        )
        _require(ballots, set(cast.values_list("chain_hash", flat=True)), "the ballot it tells of")


def _require(events: Sequence[Event], there: set[str], what: str) -> None:
    for event in events:
        if event.data[ANCHOR] not in there:
            raise Broken("event", f"no. {event.position}", event.pk, f"{what} was altered or removed")


def _check_end(end: Chain, previous: str, expected: int) -> None:
    if expected <= end.length:
        raise _missing(expected)
    beyond = Event.objects.filter(city=end.pk, position__gt=end.length).order_by("position").first()
    # Somebody may be writing at this moment; then the end has moved on as well.
    if beyond and not Chain.objects.filter(pk=end.pk, length__gt=end.length).exists():
        raise Broken("event", f"no. {beyond.position}", beyond.pk, ADDED)
    if previous != end.head:
        raise Broken("chain", f"of {end.length} events", None, "its stored end is not the hash of the last event")
