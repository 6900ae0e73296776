"""The verification of one city: its events, then the revisions and ballots that they anchor."""

from collections.abc import Callable
from dataclasses import dataclass

from forum.events.verifying.ballots import walk_ballots
from forum.events.verifying.events import walk_events
from forum.events.verifying.faults import Broken, Fault
from forum.events.verifying.imports import walk_imported
from forum.events.verifying.revisions import walk_revisions
from forum.models import Chain, City


@dataclass(frozen=True, slots=True)
class Verification:
    """How many rows were looked at, the end of the chain, and the first fault of each kind of row.

    `noted_at` is the place at which a hash that somebody had noted stands in the chain, None when it does not.
    """

    events: int
    revisions: int
    ballots: int
    head: str
    noted_at: int | None
    faults: tuple[Fault, ...]

    @property
    def is_whole(self) -> bool:
        """Whether everything is as the program left it."""
        return not self.faults


def verify_city(city: City, *, noted: str = "") -> Verification:
    """Walk everything that is chained in the city, a few hundred rows in memory at a time.

    Writers are not held up: what is written meanwhile is left for the next time, or found to be right.
    """
    faults: list[Fault] = []
    end = Chain.objects.filter(city=city).first() or Chain(city=city)
    marks: dict[str, int] = {}

    def walked(walk: Callable[[], int]) -> int:
        try:
            return walk()
        except Broken as broken:
            faults.append(broken.fault)
            return 0

    events = walked(lambda: walk_events(end, noted, marks))
    revisions = walked(lambda: walk_revisions(city))
    walked(lambda: walk_imported(city))
    ballots = walked(lambda: walk_ballots(city))
    return Verification(events, revisions, ballots, end.head, marks.get(noted), tuple(faults))
