"""Marking news as read: the books of what each person has seen."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from forum.models import Notification, Participant
from forum.notifying.kinds import NEWS

# What is told of a thread in one line, and what one has read when one has read the posts.
OF_THREADS = tuple(kind for kind, news in NEWS.items() if news.bundled == "thread")
OF_POSTS = (*OF_THREADS, "thread", "person_started")


def mark_read(notification: Notification) -> None:
    """Mark the notification as read, with the others that stand in one line with it."""
    rows = Notification.objects.filter(user=notification.user_id, read_at=None)
    match NEWS[notification.kind].bundled:
        case "thread":
            rows = rows.filter(kind__in=OF_THREADS, thread=notification.thread_id)
        case "post":
            rows = rows.filter(kind=notification.kind, event__post=notification.event.post_id)
        case "conversation":
            rows = _about(rows.filter(kind=notification.kind), notification.event.data.get("conversation", 0))
        case _:
            rows = rows.filter(pk=notification.pk)
    rows.update(read_at=timezone.now())


def mark_posts_read(person: User, thread: int, until: int) -> int:
    """Mark the news of posts of the thread up to number `until` as read, because they were; return how many were not.

    What officers did to them stays as it is: the thread does not say it.
    """
    rows = Notification.objects.filter(user=person, read_at=None, thread=thread, kind__in=OF_POSTS)
    return rows.filter(event__post__number__lte=until).update(read_at=timezone.now())


def mark_all_read(person: User, *, until: int | None = None) -> int:
    """Mark a person's notifications as read, up to the one of id `until` if given; return how many were not."""
    rows = Notification.objects.filter(user=person, read_at=None)
    if until is not None:
        rows = rows.filter(pk__lte=until)
    return rows.update(read_at=timezone.now())


def mark_read_before(person: User, moment: datetime) -> int:
    """Mark what a person heard of what happened before the moment as read; return how much of it was not."""
    rows = Notification.objects.filter(user=person, read_at=None, created_at__lt=moment)
    return rows.update(read_at=timezone.now())


def mark_conversation_read(participant: Participant, *, until: int) -> None:
    """Mark the messages up to number `until` as read, and the news of them; nothing is asked when they are already."""
    if until <= participant.read_number:
        return
    Participant.objects.filter(pk=participant.pk, read_number__lt=until).update(read_number=until)
    unread = Notification.objects.filter(user=participant.user_id, read_at=None, kind__in=("message", "added"))
    unread = _about(unread, participant.conversation_id)
    unread.filter(Q(kind="added") | Q(event__data__number__lte=until)).update(read_at=timezone.now())


def forget_conversation(person: User, conversation: int) -> None:
    """Take away the news of a conversation that the person leaves."""
    _about(Notification.objects.filter(user=person, kind__in=("message", "added")), conversation).delete()


def _about(rows: QuerySet[Notification], conversation: int) -> QuerySet[Notification]:
    return rows.filter(event__data__conversation=conversation)
