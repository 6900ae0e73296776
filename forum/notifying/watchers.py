"""Who watches the places and people of events, how much, and since when; and who has blocked those people."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.prepared import Prepared
from forum.models import Block, Event, Thread, Watch

# Of the watches of one person the nearest counts: later in this order.
PLACES = ("city", "board", "thread")
_FIELDS = ("city_id", "board_id", "thread_id", "person_id", "user_id", "level", "created_at")

_LAST = 2**63 - 1  # no id is larger

type Row = tuple[int | None, int | None, int | None, int | None, int, str, datetime]


class TooManyError(Exception):
    """More people hear of it than are told at once."""


class Watchers:
    """The watches that matter for some events, and the blocks against those who acted."""

    def __init__(self, rows: Iterable[Row], blocks: Iterable[tuple[int, int]]) -> None:
        """Take watches as they come from the database, and pairs of who is blocked and who blocks."""
        self._levels: dict[tuple[str, int], list[tuple[int, str, datetime]]] = defaultdict(list)
        self._blockers: dict[int, set[int]] = defaultdict(set)
        for *watched, user, level, since in rows:
            for noun, pk in zip((*PLACES, "person"), watched, strict=True):
                if isinstance(pk, int):
                    self._levels[noun, pk].append((user, level, since))
        for blocked, user in blocks:
            self._blockers[blocked].add(user)

    @classmethod
    def of(
        cls, *, spreading: Sequence[Event], personal: Sequence[Event], people: Collection[int], most: int
    ) -> "Watchers":
        """Load every watch around the `spreading` events, and those of `people` around `personal` ones.

        Two queries, none where nothing is asked. Raises TooManyError for more than `most` watches.
        """
        events = {event.pk: event for event in (*spreading, *personal)}
        actors = {event.actor_id for event in events.values() if event.actor_id}
        if len(events) == 1 and len(actors) == 1 and (spreading or len(people) == 1):  # as after most acts
            (event,), (actor,) = events.values(), actors
            only = () if spreading else tuple(people)
            rows = _near_one(event, actor, only, most + 1)
            blocks = _blocks_of_one(actor)
        else:
            rows = _near(spreading, personal, people, most + 1)
            blocks = list(Block.objects.filter(blocked__in=actors).values_list("blocked", "user")) if actors else []
        if len(rows) > most:
            raise TooManyError
        return cls(rows, blocks)

    def levels(self, thread: Thread, at: datetime) -> dict[int, str]:
        """Return how much each person hears from the thread, by their id; who began only after `at` does not count."""
        found: dict[int, str] = {}
        for noun, pk in zip(PLACES, (thread.city_id, thread.board_id, thread.pk), strict=True):
            found |= self._since(noun, pk, at)
        return found

    def levels_of_person(self, actor: int | None, at: datetime) -> dict[int, str]:
        """Return how much each person hears of the one who acted."""
        return self._since("person", actor, at) if actor else {}

    def blockers(self, actor: int | None) -> set[int | None]:
        """Return who has blocked the one who acted."""
        return set(self._blockers.get(actor, ())) if actor else set()

    def _since(self, noun: str, pk: int, at: datetime) -> dict[int, str]:
        return {user: level for user, level, since in self._levels.get((noun, pk), ()) if since <= at}


def _near(spreading: Sequence[Event], personal: Sequence[Event], people: Collection[int], most: int) -> list[Row]:
    wanted = _around(spreading)
    if people:
        wanted |= _around(personal) & Q(user__in=people)
    return list(Watch.objects.filter(wanted).values_list(*_FIELDS)[:most]) if wanted else []


def _watch_rows(
    is_personal: bool, most: int, city: int, board: int, thread: int, person: int, *only: int
) -> QuerySet[Watch, Row]:
    rows = Watch.objects.filter(Q(city=city) | Q(board=board) | Q(thread=thread) | Q(person=person))
    if is_personal:
        rows = rows.filter(user=only[0])
    return rows.values_list(*_FIELDS)[:most]


def _block_rows(person: int) -> QuerySet[Block, tuple[int, int]]:
    return Block.objects.filter(blocked=person).values_list("blocked", "user")


def _block_rows_within(person: int, after: int, last: int) -> QuerySet[Block, tuple[int, int]]:
    return _block_rows(person).filter(user__gt=after, user__lte=last)


def _next_rows(noun: str, pk: int, after: int, most: int) -> QuerySet[Watch, Row]:
    return Watch.objects.filter(user__gt=after, **{noun: pk}).order_by("user").values_list(*_FIELDS)[:most]


_watches = Prepared(_watch_rows)
_next = Prepared(_next_rows)
_blocks_of_one = Prepared(_block_rows)
_blocks_within = Prepared(_block_rows_within)


def _near_one(event: Event, actor: int, only: tuple[int, ...], most: int) -> list[Row]:
    thread = event.thread
    if thread is None:
        return []
    return _watches(most, thread.city_id, thread.board_id, thread.pk, actor, *only, shape=(bool(only),))


def _around(events: Iterable[Event]) -> Q:
    """Return the condition on watches of the places of the events and of those who acted."""
    near = [(event.thread, event.actor_id) for event in events if event.thread]
    if not near:
        return Q()
    return (
        Q(city__in={thread.city_id for thread, _actor in near})
        | Q(board__in={thread.board_id for thread, _actor in near})
        | Q(thread__in={thread.pk for thread, _actor in near})
        | Q(person__in={actor for _thread, actor in near if actor})
    )


@dataclass(frozen=True, slots=True)
class Window:
    """People with ids above `after`, up to `last` (None: to the end), and all their watches around one event."""

    watchers: Watchers
    after: int
    last: int | None

    def holds(self, user: int) -> bool:
        """Return whether the person is one of them."""
        return self.after < user and (self.last is None or user <= self.last)

    @classmethod
    def of(cls, event: Event, concerned: Sequence[int], *, after: int, size: int) -> "Window":
        """Load the next window of those concerned and of those who watch: one query for each noun, one for blocks.

        Each list that is longer than `size` ends the window where it is cut, so nothing within the window is missing.
        """
        found: list[Row] = []
        ends: list[int] = []
        for noun, pk in _nouns(event):
            rows = _next(pk, after, size + 1, shape=(noun,))
            if len(rows) > size:
                ends.append(rows[size - 1][4])
            found += rows
        waiting = [user for user in concerned if user > after]
        if len(waiting) > size:
            ends.append(waiting[size - 1])
        last = min(ends, default=None)
        if last is not None:
            found = [row for row in found if row[4] <= last]
        blocks = _blocks_within(event.actor_id, after, last or _LAST) if event.actor_id else []
        return cls(Watchers(found, blocks), after, last)


def _nouns(event: Event) -> list[tuple[str, int]]:
    """Return what may be watched around the event."""
    thread = event.thread
    if thread is None:
        return []
    places = zip(PLACES, (thread.city_id, thread.board_id, thread.pk), strict=True)
    return [*places, *([("person", event.actor_id)] if event.actor_id else [])]
