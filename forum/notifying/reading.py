"""Marking news as read: the books of what each person has seen."""

from django.utils import timezone

from accounts.models import User
from forum.models import Notification
from forum.notifying.kinds import NEWS


def mark_read(notification: Notification) -> None:
    """Mark the notification as read, with the others that stand in one line with it."""
    rows = Notification.objects.filter(user=notification.user_id, read_at=None)
    match NEWS[notification.kind].bundled:
        case "thread":
            rows = rows.filter(kind=notification.kind, thread=notification.thread_id)
        case "post":
            rows = rows.filter(kind=notification.kind, event__post=notification.event.post_id)
        case _:
            rows = rows.filter(pk=notification.pk)
    rows.update(read_at=timezone.now())


def mark_all_read(person: User, *, until: int | None = None) -> int:
    """Mark a person's notifications as read, up to the one of id `until` if given; return how many were not."""
    rows = Notification.objects.filter(user=person, read_at=None)
    if until is not None:
        rows = rows.filter(pk__lte=until)
    return rows.update(read_at=timezone.now())
