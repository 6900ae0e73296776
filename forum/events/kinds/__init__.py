"""THE table of events: what each kind means in words, and where it shows."""

from forum.events.kinds import governing, judging, living, messaging, voting, writing
from forum.events.kinds.kind import Kind

__all__ = ["KINDS", "Kind"]

_FAMILIES = (governing, judging, writing, voting, living, messaging)

KINDS: dict[str, Kind] = {name: kind for family in _FAMILIES for name, kind in family.KINDS.items()}
