"""The record of what happened: `events.record(...)` ends every action."""

from forum.events.kinds import KINDS, Kind
from forum.events.listeners import told_together
from forum.events.record import record

__all__ = ["KINDS", "Kind", "record", "told_together"]
