"""Merging a thread into another of its city, and taking it out again."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import events
from forum.actions import counters
from forum.actions.carrying import both_locked, carry, carry_drafts, watch_as_well
from forum.actions.moderation import How
from forum.models import Event, Poll, Post, Thread, Watch
from forum.permissions.parties import weigh_party
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_moderate_thread
from forum.permissions.verdicts import require
from forum.text.ranges import as_ranges, read_ranges, within

if TYPE_CHECKING:
    from accounts.models import User


def _check_merge(thread: Thread, into: Thread) -> None:
    if thread.pk == into.pk:
        raise ValidationError({"into": _("A thread cannot be merged into itself.")})
    if into.city_id != thread.city_id:
        raise ValidationError({"into": _("That thread belongs to another city.")})
    if thread.is_hidden or into.is_hidden:
        raise ValidationError({"into": _("One of the two threads is hidden. Restore it first.")})
    if Poll.objects.filter(thread=thread).exists():
        raise ValidationError({"into": _("This thread has a poll. Merge the other thread into this one instead.")})


@transaction.atomic
def merge_threads(thread: Thread, *, by: "User", into: Thread, reason: str = "", **how: Unpack[How]) -> Thread:
    """Put the posts of `thread` at the end of `into`, in the order of their numbers, and return `into`.

    Its address leads to the other from then on; who watched it watches the other. Twice changes nothing. Raises
    Forbidden, and ValidationError for `into`: itself, of another city, hidden (either), or when `thread` has a poll.
    """
    thread, into = both_locked(thread, into)
    if thread.merged_into_id == into.pk:
        return into
    for one in (thread, into):
        require(can_moderate_thread(Viewer.of(by), one, "move"))
    _check_merge(thread, into)
    party = weigh_party(by, thread) or weigh_party(by, into)
    posts = list(Post.objects.filter(thread=thread).order_by("number"))
    numbers, first = [post.number for post in posts], into.last_number + 1
    shown = sum(not post.is_hidden for post in posts)
    thread.is_hidden, thread.merged_into = True, into
    thread.save(update_fields=["is_hidden", "merged_into"])
    person = thread.author
    carry(posts, thread, into, range(first, first + len(posts)))
    _count(thread, into, change=-1, shown=shown)
    how["at"] = now = how.get("at") or timezone.now()
    watch_as_well(thread, into, at=now)
    carry_drafts(thread, into)
    data: dict[str, Any] = {"other": thread.pk, "numbers": as_ranges(numbers), "first": first}
    events.record(
        "thread.merged", by=by, thread=into, post=posts[0], person=person, reason=reason, is_party=party, **how, **data
    )
    return into


def _count(thread: Thread, into: Thread, *, change: int, shown: int) -> None:
    """Count one thread less (change=-1) or more (+1), its shown posts being on the other's board or back on its own."""
    changes = {thread.board_id: (change, change * shown)}
    if thread.board_id == into.board_id:
        changes = {thread.board_id: (change, 0)}
    else:
        changes[into.board_id] = (0, -change * shown)
    counters.places_changed(thread.city_id, changes)


@transaction.atomic
def unmerge_thread(event: Event, *, by: "User", reason: str = "", at: datetime | None = None) -> Thread:
    """Take out of a thread what the event merged into it, and return the thread that comes back.

    Its posts get their old numbers back; what was written since stays where it is. Raises Forbidden, and
    ValidationError when either thread has gone elsewhere since, or is hidden.
    """
    rows = Thread.objects.select_related("merged_into")
    source = rows.filter(pk=event.data["other"], merged_into=event.thread_id).first()
    if source is None or source.merged_into is None:
        raise ValidationError(_("The thread has been taken out again already."))
    thread, into = both_locked(source, source.merged_into)
    require(can_moderate_thread(Viewer.of(by), into, "move"))
    if into.is_hidden:
        raise ValidationError(_("The thread is hidden. Restore it first."))
    old = within(read_ranges(event.data["numbers"], most=thread.last_number), thread.last_number)
    back = {event.data["first"] + place: number for place, number in enumerate(old)}
    posts = list(Post.objects.filter(thread=into, number__in=list(back)).order_by("number"))
    if not posts or back[posts[0].number] != 1:
        raise ValidationError(_("The post that opened the thread stands elsewhere now."))
    party = weigh_party(by, into)
    thread.is_hidden, thread.merged_into = False, None
    thread.save(update_fields=["is_hidden", "merged_into"])
    Watch.objects.filter(thread=into, created_at=event.created_at).delete()
    carry(posts, into, thread, [back[post.number] for post in posts])
    _count(thread, into, change=1, shown=sum(not post.is_hidden for post in posts))
    events.record("thread.unmerged", by=by, thread=thread, reason=reason, is_party=party, undoes=event, at=at)
    return thread
