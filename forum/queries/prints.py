"""Prints of rows: what changes whenever anything that was loaded of them does."""

from collections.abc import Hashable, Iterable
from typing import Final

from django.db.models import Model

# What changes often, and is told apart by the keys of the few parts that show it; and what is no column.
_APART: Final = frozenset(
    {
        "_state",
        "excerpt",
        "views_count",
        "replies_count",
        "recommendations_count",
        "posts_count",
        "last_number",
        "threads_count",
    }
    | {"last_post_at", "last_author_id", "last_activity_at", "writers_count", "above", "below"}
)


def print_of(rows: Iterable[Model], *others: Hashable) -> int:
    """Return what changes whenever anything that was loaded of the rows does, what is told apart aside; or the others.

    Python's hash, of 64 bits, that of texts by a key of this process: nobody outside can make two that are the same.
    """
    return hash((others, *(_loaded(row) for row in rows)))


def _loaded(row: Model) -> Hashable:
    return tuple(
        (name, repr(value) if isinstance(value, dict | list) else value)
        for name, value in vars(row).items()
        if name not in _APART
    )
