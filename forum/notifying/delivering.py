"""Putting news on people's pages, and taking back what is no longer so: the books of notifying."""

import logging
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import batched, groupby
from operator import itemgetter
from threading import Event as Signal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.prepared import Prepared
from accounts.statements import insert, lightly
from forum.models import Delivery, Event, Notification
from forum.notifying.concerned import CONCERNED
from forum.notifying.watchers import TooManyError
from forum.notifying.who import hearers_in_window, hearers_of
from forum.notifying.writing import write_news

log = logging.getLogger(__name__)

EVENTS_AT_ONCE = 500  # in one query
WINDOW = 250  # people of one event who are told in one transaction: on SQLite others wait meanwhile
TOLD_AT_ONCE = 200  # hearers of one event; where there are more, they are told in windows, outside the request
LATER = timedelta(minutes=10)  # until what could not be told is tried again

# What takes back which news of the same actor about the same post or city.
TAKEN_BACK = {"post.unrecommended": "post.recommended", "application.withdrawn": "application.sent"}

HANDED_AT_ONCE = 20  # events of one thread in one transaction: what follows fast on one another is told together

something_waits = Signal()  # the courier of a served site listens
many_wait = Signal()  # more people than are told at once
courier_is_here = Signal()  # in this process, so that no request tells anybody
_handed: deque[tuple[int, int]] = deque()  # to the courier: thread (0: none) and event


def expect(events: Sequence[Event]) -> None:
    """Write down, in their transaction, that the events are to be told; telling them takes it off the books."""
    if len(events) == 1:  # as after most acts
        insert(Delivery(event=events[0]))
    else:
        Delivery.objects.bulk_create([Delivery(event=event) for event in events], batch_size=EVENTS_AT_ONCE)


def deliver(events: Sequence[Event]) -> None:
    """Let those who hear of the events find them among their notifications; twice changes nothing.

    Where this process has a courier, he does it, as soon as the request leaves him time. Where more hear of them than
    are told at once, it stays on the books for `tell_waiting`.
    """
    concerning = [event for event in events if event.kind in CONCERNED]
    if courier_is_here.is_set():
        _handed.extend((event.thread_id or 0, event.pk) for event in concerning)
        something_waits.set()
        return
    for some in batched(concerning, EVENTS_AT_ONCE):
        _tell([event.pk for event in some])


def tell_handed() -> Iterator[int]:
    """Tell of what was handed to the courier of this process, and yield of how many events each transaction told.

    What fails is logged, and stays on the books for `tell_waiting`.
    """
    handed = sorted(_handed.popleft() for _place in range(len(_handed)))
    for _thread, events in groupby(handed, key=itemgetter(0)):
        for some in batched(events, HANDED_AT_ONCE):
            pks = [pk for _thread, pk in some]
            try:
                _tell(pks)
            except Exception:
                log.exception("Events could not be told: %s", pks)
            else:
                yield len(pks)


def _tell(pks: Sequence[int]) -> None:
    # Read again: by now one may be hidden, or gone with a transaction that failed.
    found = _event(*pks) if len(pks) == 1 else list(_events().filter(pk__in=pks).order_by("pk"))
    try:
        heard = hearers_of(found, most=TOLD_AT_ONCE * len(found))
    except TooManyError:
        _leave_waiting(found)
    else:
        write_news(heard, told=pks)


def _events() -> QuerySet[Event]:
    # Texts stay where they are: nobody hears them by this way.
    rows = Event.objects.select_related("actor", "thread__city", "post__addressed")
    return rows.defer("post__body", "post__html", "post__addressed__body", "post__addressed__html")


def _event_rows(pk: int) -> QuerySet[Event]:
    return _events().filter(pk=pk)


_event = Prepared(_event_rows)  # most acts make one event


def _due_rows(now: datetime) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(due_at__lte=now).select_for_update(skip_locked=True)
    return rows.order_by("due_at", "pk")[:1]


_due = Prepared(_due_rows)


def _leave_waiting(events: Sequence[Event]) -> None:
    # Only those that are on the books: others may have told of them meanwhile, or it was taken back.
    Delivery.objects.filter(event__in=events).update(due_at=timezone.now())
    many_wait.set()
    something_waits.set()


def tell_waiting() -> Iterator[int]:
    """Go on with all deliveries that are due, and yield how many people each window told of one.

    Each window is a transaction: whoever dies in one loses nothing, and several at once do each window once. What
    fails is logged, and tried again later.
    """
    while (told := _tell_window()) is not None:
        yield told


def _tell_window() -> int | None:
    """Return how many people were told, None when nothing waits, or others are at all of it."""
    if not Delivery.objects.filter(due_at__lte=timezone.now()).exists():
        return None
    with lightly():
        due = _due(timezone.now())
        if not due:
            return None
        [delivery] = due
        try:
            with transaction.atomic():
                return _go_on(delivery)
        except Exception:
            log.exception("An event could not be told: %s", delivery.pk)
            Delivery.objects.filter(pk=delivery.pk).update(due_at=timezone.now() + LATER)
            return 0


def _go_on(delivery: Delivery) -> int:
    """Tell the next people of the event, and write down how far this has come."""
    [event] = _event(delivery.pk)
    if event.kind in TAKEN_BACK:
        retract([event])
        return 0
    heard, last = hearers_in_window(event, after=delivery.reached, size=WINDOW)
    write_news([(event, heard)], told=[] if last else [event.pk])
    if last:
        Delivery.objects.filter(pk=delivery.pk).update(reached=last)
    return len(heard)


def retract(events: Sequence[Event]) -> None:
    """Take back the news of what somebody has taken back themselves."""
    for event in events:
        undone = Event.objects.filter(
            kind=TAKEN_BACK[event.kind],
            actor=event.actor_id,
            post=event.post_id,
            city=event.city_id,
            pk__lt=event.pk,
        )
        Delivery.objects.filter(event__in=undone).delete()
        Notification.objects.filter(event__in=undone).delete()
        Delivery.objects.filter(event=event.pk).delete()
