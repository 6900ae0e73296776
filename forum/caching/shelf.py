"""The shelf of kept pages: those asked for last, in the memory of one process, never more than it may hold."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Final, Protocol

from forum.caching.scopes import Scope

LONGEST_HOLD: Final = 600  # seconds; numbers that nobody waits for, such as views, are never older
OVERHEAD: Final = 1_500  # bytes that a page takes besides its body: key, headers, scopes


@dataclass(frozen=True, slots=True)
class Page:
    """A whole answer as it left the site: status, headers, compressed body; and how long it holds.

    `etag` is the mark itself, in quotes. `until` is in seconds since 1970. `thread` is the thread whose view a showing
    is, or 0. `is_quick`: it was compressed for who waited for it, and takes more bytes than it need.
    """

    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str
    scopes: tuple[Scope, ...]
    generation: int
    until: float
    thread: int = 0
    is_quick: bool = False

    @property
    def size(self) -> int:
        """How many bytes of memory it takes, about."""
        return len(self.body) + OVERHEAD


class Sized(Protocol):
    """What says how many bytes of memory it takes."""

    @property
    def size(self) -> int: ...


class Shelf[Thing: Sized]:
    """Pages by key; when there is no more room, those go that nobody has asked for longest."""

    def __init__(self, room: int) -> None:
        self.room, self.taken = room, 0
        self._pages: OrderedDict[Hashable, Thing] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Hashable) -> Thing | None:
        """Return the page kept under the key, None when there is none."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
        return page

    def put(self, key: Hashable, page: Thing) -> None:
        """Keep a page; one that would take an eighth of the room is not worth it."""
        if page.size * 8 > self.room:
            return
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self.taken += page.size
            while self.taken > self.room:
                _key, oldest = self._pages.popitem(last=False)
                self.taken -= oldest.size

    def drop(self, key: Hashable) -> None:
        """Forget the page kept under the key."""
        with self._lock:
            self._drop(key)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._pages.clear()
            self.taken = 0

    def _drop(self, key: Hashable) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.taken -= page.size
