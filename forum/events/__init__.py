"""The record of what happened: `events.record(...)` ends every action."""

from forum.events.kinds import KINDS, Kind
from forum.events.record import record, told_together

__all__ = ["KINDS", "Kind", "record", "told_together"]
