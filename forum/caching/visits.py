"""Visits to threads: noted in the memory of a process, and written in batches, so that no visit waits for a write."""

import time
from collections import Counter, OrderedDict
from threading import Lock
from typing import Final

PERIOD: Final = 12 * 60 * 60  # seconds in which one reader counts once
REMEMBERED: Final = 50_000  # readings of late; of more, the oldest count again
OVERDUE: Final = 60  # seconds after which a visit has those before it written, where nothing else does


class Visits:
    """Who has read which thread of late, and how many readings nobody has written down yet."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Forget everything, what has not been written too."""
        self._seen: OrderedDict[int, float] = OrderedDict()
        self._counts: Counter[int] = Counter()
        self._since = 0.0

    def note(self, thread: int, reader: str) -> None:
        """Count one reading of the thread: once per reader (a user id, or an address) and half day."""
        mark, now = hash((thread, reader)), time.monotonic()
        with self._lock:
            seen = self._seen.get(mark)
            if seen is not None and now - seen < PERIOD:
                return
            self._seen[mark] = now
            self._seen.move_to_end(mark)
            if len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
            self._since = self._since or now
            self._counts[thread] += 1

    @property
    def are_overdue(self) -> bool:
        """Whether readings have waited longer than a served site lets them."""
        return bool(self._since) and time.monotonic() - self._since > OVERDUE

    def take(self) -> dict[int, int]:
        """Return how often each thread was read since this was last asked; whoever asks writes it down."""
        with self._lock:
            counts, self._counts, self._since = self._counts, Counter(), 0.0
        return dict(counts)

    def give_back(self, counts: dict[int, int]) -> None:
        """Take back what could not be written."""
        with self._lock:
            self._counts.update(counts)
            self._since = self._since or time.monotonic()


visits = Visits()
