"""How long what is being written holds: a page that says "3 minutes ago" is true for a minute."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class Held:
    """Until when all holds that was written while this was open; None when no clock changes it."""

    until: datetime | None = None

    def shorten(self, moment: datetime) -> None:
        """Hold no longer than until the moment."""
        if self.until is None or moment < self.until:
            self.until = moment


_held: ContextVar[Held | None] = ContextVar("held", default=None)


@contextmanager
def lasting() -> Iterator[Held]:
    """Gather until when what is written within holds; what this is itself a part of then holds no longer."""
    outer, held = _held.get(), Held()
    token = _held.set(held)
    try:
        yield held
    finally:
        _held.reset(token)
        if outer is not None and held.until is not None:
            outer.shorten(held.until)


def lasts_until(moment: datetime | None) -> None:
    """Say that what is being written holds only until the moment; nothing is said by None, or where nobody asks."""
    held = _held.get()
    if held is not None and moment is not None:
        held.shorten(moment)
