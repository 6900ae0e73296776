"""Who hears of an event, by which way: today by a row on their page of notifications."""

from forum.notifying.delivering import deliver, expect, retract

__all__ = ["deliver", "expect", "retract"]
