"""What officers do to threads and posts: pin, lock, feature, hide, restore, move. Doing twice changes nothing."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum import events
from forum.actions import counters
from forum.actions.threads import EXCERPT_LENGTH
from forum.models import Board, Post, Thread
from forum.permissions.posts import can_moderate_post
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_moderate_thread
from forum.permissions.verdicts import require
from forum.text.excerpts import excerpt

if TYPE_CHECKING:
    from accounts.models import User

# The ability that each mark of a thread needs.
ABILITIES = {"is_pinned": "pin", "is_featured": "pin", "is_locked": "lock", "is_hidden": "hide"}

NEEDS_REASON = gettext_lazy("Give a reason; it stands in the public log.")


def _locked(thread: Thread) -> Thread:
    return Thread.objects.select_for_update(of=("self",), no_key=True).select_related("city", "board").get(pk=thread.pk)


def _mark(
    thread: Thread,
    *,
    field: str,
    value: bool,
    kind: str,
    by: "User",
    reason: str,
    at: datetime | None,
) -> Thread:
    """Set one mark of the thread and record it, unless it stands so already."""
    thread = _locked(thread)
    require(can_moderate_thread(Viewer.of(by), thread, ABILITIES[field]))
    if field == "is_hidden" and value and not reason.strip():
        raise ValidationError({"reason": NEEDS_REASON})
    if getattr(thread, field) == value:
        return thread
    if field == "is_hidden":
        counters.thread_shown_or_hidden(thread, change=-1 if value else 1)
    setattr(thread, field, value)
    thread.save(update_fields=[field])
    events.record(kind, by=by, thread=thread, reason=reason.strip(), at=at)
    return thread


@transaction.atomic
def pin_thread(thread: Thread, *, by: "User", reason: str = "", at: datetime | None = None) -> Thread:
    """Keep the thread at the top of its board. Raises Forbidden."""
    return _mark(thread, field="is_pinned", value=True, kind="thread.pinned", by=by, reason=reason, at=at)


@transaction.atomic
def unpin_thread(thread: Thread, *, by: "User", reason: str = "", at: datetime | None = None) -> Thread:
    """Let the thread take its place in the list again. Raises Forbidden."""
    return _mark(thread, field="is_pinned", value=False, kind="thread.unpinned", by=by, reason=reason, at=at)


@transaction.atomic
def lock_thread(thread: Thread, *, by: "User", reason: str = "", at: datetime | None = None) -> Thread:
    """Let nobody reply in the thread or edit its posts. Raises Forbidden."""
    return _mark(thread, field="is_locked", value=True, kind="thread.locked", by=by, reason=reason, at=at)


@transaction.atomic
def unlock_thread(thread: Thread, *, by: "User", reason: str = "", at: datetime | None = None) -> Thread:
    """Open the thread for replies again. Raises Forbidden."""
    return _mark(thread, field="is_locked", value=False, kind="thread.unlocked", by=by, reason=reason, at=at)


@transaction.atomic
def feature_thread(thread: Thread, *, by: "User", reason: str = "", at: datetime | None = None) -> Thread:
    """Mark the thread as one of the city's best. Raises Forbidden."""
    return _mark(thread, field="is_featured", value=True, kind="thread.featured", by=by, reason=reason, at=at)


@transaction.atomic
def unfeature_thread(thread: Thread, *, by: "User", reason: str = "", at: datetime | None = None) -> Thread:
    """Take the mark of the city's best away. Raises Forbidden."""
    return _mark(thread, field="is_featured", value=False, kind="thread.unfeatured", by=by, reason=reason, at=at)


@transaction.atomic
def hide_thread(thread: Thread, *, by: "User", reason: str, at: datetime | None = None) -> Thread:
    """Take the thread from everybody's sight but the officers' and its author's.

    Raises Forbidden, and ValidationError for a missing `reason`.
    """
    return _mark(thread, field="is_hidden", value=True, kind="thread.hidden", by=by, reason=reason, at=at)


@transaction.atomic
def restore_thread(thread: Thread, *, by: "User", reason: str = "", at: datetime | None = None) -> Thread:
    """Show a hidden thread again. Raises Forbidden."""
    return _mark(thread, field="is_hidden", value=False, kind="thread.restored", by=by, reason=reason, at=at)


@transaction.atomic
def move_thread(thread: Thread, *, by: "User", board: Board, reason: str = "", at: datetime | None = None) -> Thread:
    """Move the thread to another board of its city; its address stays.

    Raises Forbidden, and ValidationError for a `board` of another city.
    """
    thread = _locked(thread)
    require(can_moderate_thread(Viewer.of(by), thread, "move"))
    if board.city_id != thread.city_id:
        raise ValidationError({"board": _("That board belongs to another city.")})
    old = thread.board
    if board.pk == old.pk:
        return thread
    counters.thread_moved(thread, old=old, new=board)
    thread.board = board
    thread.save(update_fields=["board"])
    events.record("thread.moved", by=by, thread=thread, board=board, reason=reason, at=at, old=old.name, new=board.name)
    return thread


def _show_or_hide(post: Post, *, by: "User", hidden: bool, reason: str, at: datetime | None) -> Post:
    # The thread first, always in this order, so that two officers cannot wait for each other.
    thread = _locked(post.thread)
    post = Post.objects.select_for_update(of=("self",), no_key=True).get(pk=post.pk)
    post.thread = thread
    require(can_moderate_post(Viewer.of(by), post))
    if hidden and not reason.strip():
        raise ValidationError({"reason": NEEDS_REASON})
    if post.is_hidden == hidden:
        return post
    post.is_hidden = hidden
    post.save(update_fields=["is_hidden"])
    counters.post_shown_or_hidden(post, change=-1 if hidden else 1)
    if post.is_opener:  # its first words stand in lists
        thread.excerpt = "" if hidden else excerpt(post.body, EXCERPT_LENGTH)
        thread.save(update_fields=["excerpt"])
    kind = "post.hidden" if hidden else "post.restored"
    events.record(kind, by=by, post=post, person=post.author, reason=reason.strip(), at=at)
    return post


@transaction.atomic
def hide_post(post: Post, *, by: "User", reason: str, at: datetime | None = None) -> Post:
    """Put a tombstone in the place of the post. Raises Forbidden, and ValidationError for a missing `reason`."""
    return _show_or_hide(post, by=by, hidden=True, reason=reason, at=at)


@transaction.atomic
def restore_post(post: Post, *, by: "User", reason: str = "", at: datetime | None = None) -> Post:
    """Show a hidden post again. Raises Forbidden."""
    return _show_or_hide(post, by=by, hidden=False, reason=reason, at=at)
