"""Drawing lots that nobody can foresee and that need not be drawn again."""

import secrets
from collections.abc import Sequence


def shuffled[Thing](things: Sequence[Thing]) -> list[Thing]:
    """Return the things in an order drawn by lot."""
    rows = list(things)
    secrets.SystemRandom().shuffle(rows)
    return rows
