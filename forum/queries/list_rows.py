"""Rows of lists of threads: read for everybody at once, and what makes one row look other than it did."""

import marshal
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from django.db.models import Model, QuerySet, Subquery

from accounts.models import User
from forum.models import Board, City, Thread
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_see_thread
from forum.queries.recommendations import NAMED

# What a row is read with: of the thread, of the people in it, and of where it stands.
THREAD: Final = (
    *("title", "alias", "excerpt", "language", "last_post_at", "last_number"),
    *("is_pinned", "pinned_until", "is_locked", "is_featured", "is_hidden", "is_held", "merged_into"),
    *("replies_count", "recommendations_count", "city", "board", "author", "last_author"),
)
PEOPLE: Final = [f"{way}__{name}" for way in ("author", "last_author") for name in NAMED]
PLACES: Final = ("board__slug", "board__name", "board__city", "city__slug", "city__name")
REMEMBERED: Final = 300  # rows of one kind of list, some 4 KB each
SPARE: Final = 3  # rows read besides those that everybody sees: some may be hidden
_ALIKE: Final = 2  # of the forms that marshal knows, the one in which equal values are always equal bytes
# What may change or differ without the row looking otherwise.
_UNSHOWN: Final = frozenset(
    {"_state", "views_count", "created_at", "is_pinned", "pinned_until", "last_number", "unread", "is_unopened"}
    | {"read_to", "read_before", "has_pins", "pins_end"}
)


class Listed(NamedTuple):
    """A row: the thread, what decides how it looks, and how much in it is new to the viewer."""

    thread: Thread
    key: Hashable
    unread: int = 0
    is_unopened: bool = False


def listed(thread: Any) -> Listed:
    """Return the row of a thread that was read for one viewer, with what is `unread` in it where that is known."""
    return Listed(thread, key_of(thread), getattr(thread, "unread", 0), getattr(thread, "is_unopened", False))


def key_of(thread: Thread) -> bytes:
    """Return what changes whenever anything does that the row shows, of what was loaded with the thread; no query.

    Whether it is pinned now is not in it: that changes by the clock.
    """
    loaded = [(name, _plain(value)) for name, value in vars(thread).items() if name not in _UNSHOWN]
    around = [_said_of(one) for one in thread._state.fields_cache.values()]
    return digest_of((loaded, thread.last_number > 1, around))


def digest_of(said: Any) -> bytes:
    """Return what differs whenever one of the texts and numbers does, in however many tuples and lists."""
    return blake2b(marshal.dumps(said, _ALIKE), digest_size=12).digest()


def _plain(value: Any) -> Any:
    return value.timestamp() if isinstance(value, datetime) else value


def _said_of(one: Model | None) -> Hashable:
    """Return what a row says of the people and places of its thread."""
    if isinstance(one, User):
        return (one.pk, one.username, one.display_name, one.farewell)
    return (one.pk, one.slug, one.name) if isinstance(one, City | Board) else None


def any_of(*parts: QuerySet[Thread]) -> QuerySet[Any]:
    """Return the ids of threads in any of the parts, each of which is cut, and found along an index of its own."""
    first, *others = (Thread.objects.filter(pk__in=Subquery(part.values("pk"))).values("pk") for part in parts)
    return first.union(*others)


def read_until_enough(read: Callable[[Thread | None, int], list[Listed]], size: int) -> list[Listed]:
    """Return rows until `size` of them are seen by everybody, and those between them that are hidden.

    `read(last, count)` returns at most `count` rows that follow the last one in their order, from the start for None.
    So what was read for all serves who sees hidden threads and who does not. One query, where few are hidden.
    """
    rows: list[Listed] = []
    shown, count = 0, size + SPARE
    while True:
        found = read(rows[-1].thread if rows else None, count)
        rows += found
        shown += sum([not row.thread.is_hidden for row in found])
        if len(found) < count or shown >= size:
            return rows
        count = 4 * size


def seen_by(viewer: Viewer, rows: Iterable[Listed], city: City) -> list[Listed]:
    """Return those of the rows, of a city that the viewer may read, which they may see."""
    return [row for row in rows if not row.thread.is_hidden or can_see_thread(viewer, row.thread, city)]
