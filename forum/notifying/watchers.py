"""Who watches the places of events, how much, and since when."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from forum.models import Event, Thread, Watch

# Of the watches of one person the nearest counts: later in this order.
NOUNS = ("city", "board", "thread")


class Watchers:
    """The watches that matter for some events; one query for all of them."""

    def __init__(self, spreading: Iterable[Event], personal: Iterable[Event], people: Iterable[int]) -> None:
        """Load every watch of the places of `spreading` events, and those of `people` for `personal` ones."""
        self._rows: dict[tuple[str, int], list[tuple[int, str, datetime]]] = defaultdict(list)
        wanted = _places(spreading)
        if people := set(people):
            wanted |= _places(personal) & Q(user__in=people)
        fields = ("city_id", "board_id", "thread_id", "user_id", "level", "created_at")
        rows = Watch.objects.filter(wanted).values_list(*fields) if wanted else ()
        for city, board, thread, user, level, since in rows:
            for noun, pk in zip(NOUNS, (city, board, thread), strict=True):
                if pk:
                    self._rows[noun, pk].append((user, level, since))

    def levels(self, thread: Thread, at: datetime) -> dict[int, str]:
        """Return how much each person hears from the thread, by their id; who began only after `at` does not count."""
        found: dict[int, str] = {}
        for noun, pk in zip(NOUNS, (thread.city_id, thread.board_id, thread.pk), strict=True):
            found |= {user: level for user, level, since in self._rows.get((noun, pk), ()) if since <= at}
        return found


def _places(events: Iterable[Event]) -> Q:
    threads: Sequence[Thread] = [event.thread for event in events if event.thread]
    if not threads:
        return Q()
    return (
        Q(city__in={thread.city_id for thread in threads})
        | Q(board__in={thread.board_id for thread in threads})
        | Q(thread__in={thread.pk for thread in threads})
    )
