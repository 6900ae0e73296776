"""Who hears of an event, by which way: today by a row on their page of notifications."""

from forum.notifying.deliver import deliver, expect, retract

__all__ = ["deliver", "expect", "retract"]
