"""Putting news on people's pages, and taking back what is no longer so: the books of notifying."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import batched

from django.db.models import QuerySet
from django.utils import timezone

from forum.models import Event, Notification
from forum.notifying.who import CONCERNED, hearers_of

ROWS_AT_ONCE = 500  # events in one query, and rows in one INSERT
OLD = timedelta(days=30)  # what is older when it is delivered is not called new

# What takes back which news of the same actor about the same post or city.
TAKEN_BACK = {"post.unrecommended": "post.recommended", "application.withdrawn": "application.sent"}


def deliver(events: Sequence[Event]) -> None:
    """Let everybody who hears of the events find them among their notifications; twice changes nothing."""
    now = timezone.now()
    heard = [event.pk for event in events if event.kind in CONCERNED]
    for pks in batched(heard, ROWS_AT_ONCE):
        # Read again: by now one may be hidden, or gone with a transaction that failed.
        found = _events().filter(pk__in=pks).order_by("pk")
        rows = [
            Notification(
                user_id=user,
                kind=kind,
                event=event,
                thread=event.thread,
                created_at=event.created_at,
                read_at=now if event.created_at < now - OLD else None,
            )
            for event, people in hearers_of(found)
            for user, kind in people.items()
        ]
        Notification.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)


def _events() -> QuerySet[Event]:
    # Texts stay where they are: nobody hears them by this way.
    rows = Event.objects.select_related("thread__city", "post__addressed")
    return rows.defer("post__body", "post__html", "post__addressed__body", "post__addressed__html")


def retract(events: Sequence[Event]) -> None:
    """Take back the news of what somebody has taken back themselves."""
    for event in events:
        Notification.objects.filter(
            event__kind=TAKEN_BACK[event.kind],
            event__actor=event.actor_id,
            event__post=event.post_id,
            event__city=event.city_id,
            created_at__lte=event.created_at,
        ).delete()
