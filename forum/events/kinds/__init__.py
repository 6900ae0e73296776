"""THE table of events: what each kind means in words, and where it shows."""

from forum.events.kinds import governing, judging, living, voting, writing
from forum.events.kinds.kind import Kind

__all__ = ["KINDS", "Kind"]

KINDS: dict[str, Kind] = {**governing.KINDS, **judging.KINDS, **writing.KINDS, **voting.KINDS, **living.KINDS}
