"""Splitting posts off a thread into a new one, and bringing them back."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import events
from forum.actions import counters
from forum.actions.carrying import both_locked, carry, carry_drafts, watch_as_well
from forum.actions.moderation import How, locked
from forum.models import Board, Event, Poll, Post, Thread
from forum.permissions.parties import weigh_party
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_moderate_thread
from forum.permissions.verdicts import require
from forum.text.ranges import as_ranges, read_ranges, within

if TYPE_CHECKING:
    from accounts.models import User


def _chosen(thread: Thread, numbers: Collection[int]) -> list[Post]:
    """Return the posts to split off; raise ValidationError for `numbers` when they cannot be."""
    if 1 in numbers:
        raise ValidationError({"numbers": _("The opening post stays: without it the thread has no beginning.")})
    posts = list(Post.objects.filter(thread=thread, number__in=list(numbers)).order_by("number"))
    if not posts:
        raise ValidationError({"numbers": _("Choose the posts that go into the new thread.")})
    waiting = next((post for post in posts if post.is_held), None)
    if waiting:
        text = _("No. %(number)s waits for approval. Approve or refuse it in city hall first.")
        raise ValidationError({"numbers": text % {"number": waiting.number}})
    return posts


@transaction.atomic
def split_thread(
    thread: Thread,
    *,
    by: "User",
    numbers: Collection[int],
    board: Board,
    title: str,
    reason: str = "",
    **how: Unpack[How],
) -> Thread:
    """Put the posts of those numbers into a new thread on the board, in their order, and return the new thread.

    Numbers that the thread has no post for are passed over. Authors of the posts watch the new thread as they do the
    old one. Raises Forbidden, and ValidationError for numbers (the opening post, none, one that waits for approval),
    board (of another city), title (missing), or a hidden thread.
    """
    thread = locked(thread)
    require(can_moderate_thread(Viewer.of(by), thread, "move"))
    if thread.is_hidden:
        raise ValidationError(_("The thread is hidden. Restore it first."))
    if board.city_id != thread.city_id:
        raise ValidationError({"board": _("That board belongs to another city.")})
    if not title.strip():
        raise ValidationError({"title": _("Give the thread a title.")})
    posts = _chosen(thread, numbers)
    party = weigh_party(by, thread)
    old, shown = [post.number for post in posts], sum(not post.is_hidden for post in posts)
    new = Thread.objects.create(
        city=thread.city, board=board, author=posts[0].author, last_author=posts[0].author, title=title.strip()
    )
    carry(posts, thread, new, range(1, len(posts) + 1))
    _count(thread, new, change=1, shown=shown)
    how["at"] = now = how.get("at") or timezone.now()
    watch_as_well(thread, new, at=now, people=[post.author_id for post in posts])
    data: dict[str, Any] = {"posts": as_ranges(old), "other": new.pk}
    events.record("thread.split", by=by, thread=thread, reason=reason, is_party=party, **how, **data)
    events.record("thread.came_by_split", by=by, thread=new, is_party=party, at=now, other=thread.pk)
    return new


def _count(thread: Thread, new: Thread, *, change: int, shown: int) -> None:
    """Count one thread more (change=1) or less (-1), its shown posts being on its board or back on the other's."""
    changes = {thread.board_id: (0, -change * shown), new.board_id: (change, change * shown)}
    if thread.board_id == new.board_id:
        changes = {new.board_id: (change, 0)}
    counters.places_changed(thread.city_id, changes)


@transaction.atomic
def unsplit_thread(event: Event, *, by: "User", reason: str = "", at: datetime | None = None) -> Thread:
    """Bring back what the event split off its thread, and return that thread.

    The posts get their old numbers back; what was written in the other thread since comes along, at the end. Raises
    Forbidden, and ValidationError when either thread has been merged into another since or is hidden, or the new one
    has a poll.
    """
    rows = Thread.objects.select_related("board").filter(pk=event.data.get("other"), merged_into=None)
    new = rows.first()
    if new is None or event.thread is None or event.thread.merged_into_id:
        raise ValidationError(_("One of the two threads has been merged into another since."))
    thread, new = both_locked(event.thread, new)
    require(can_moderate_thread(Viewer.of(by), thread, "move"))
    if thread.is_hidden or new.is_hidden:
        raise ValidationError(_("One of the two threads is hidden. Restore it first."))
    if Poll.objects.filter(thread=new).exists():
        raise ValidationError(_("This thread has a poll. Merge the other thread into this one instead."))
    party = weigh_party(by, thread) or weigh_party(by, new)
    old = dict(
        enumerate(within(read_ranges(event.data["posts"], most=thread.last_number), thread.last_number), start=1)
    )
    posts = list(Post.objects.filter(thread=new).order_by("number"))
    numbers, last = [], thread.last_number
    for post in posts:
        last += post.number not in old
        numbers.append(old.get(post.number, last))
    shown = sum(not post.is_hidden for post in posts)
    new.is_hidden, new.merged_into = True, thread
    new.save(update_fields=["is_hidden", "merged_into"])
    carry(posts, new, thread, numbers)
    _count(thread, new, change=-1, shown=shown)
    carry_drafts(new, thread)
    now = at or timezone.now()
    watch_as_well(new, thread, at=now)
    data: dict[str, Any] = {"undoes": event, "at": now, "other": new.pk}
    events.record("thread.unsplit", by=by, thread=thread, reason=reason, is_party=party, **data)
    return thread
