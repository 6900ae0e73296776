"""What officers do to threads and posts: lock, feature, hide, restore, move. Doing twice changes nothing.

Who acts where they are involved themselves is party to the matter: the act is marked so, or left to another officer.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum import events
from forum.actions import counters
from forum.actions.carried_marks import keep_board_marks
from forum.actions.threads import EXCERPT_LENGTH
from forum.models import Board, Event, Post, Thread
from forum.permissions.parties import weigh_party
from forum.permissions.posts import can_moderate_post
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_moderate_thread
from forum.permissions.verdicts import require
from forum.text.excerpts import excerpt

if TYPE_CHECKING:
    from accounts.models import User

# The ability that each mark of a thread needs.
ABILITIES = {"is_featured": "pin", "is_locked": "lock", "is_hidden": "hide"}

NEEDS_REASON = gettext_lazy("Give a reason; it stands in the public log.")
WAITS = gettext_lazy("This waits for approval. Approve or refuse it in city hall.")


class How(TypedDict, total=False):
    """How an act is recorded: without names and content in the public log, as taking another back, at what time."""

    is_private: bool
    undoes: Event | None
    at: datetime | None


def locked(thread: Thread) -> Thread:
    """Return the thread as it stands now, with board and city, its row locked."""
    rows = Thread.objects.select_for_update(of=("self",), no_key=True)
    thread = rows.select_related("board", "city").get(pk=thread.pk)
    thread.board.city = thread.city
    return thread


def _mark(thread: Thread, field: str, value: bool, kind: str, *, by: "User", reason: str, **how: Unpack[How]) -> Thread:
    """Set one mark of the thread and record it, unless it stands so already."""
    thread = locked(thread)
    require(can_moderate_thread(Viewer.of(by), thread, ABILITIES[field]))
    if field == "is_hidden" and value and not reason.strip():
        raise ValidationError({"reason": NEEDS_REASON})
    if field == "is_hidden" and thread.is_held:
        raise ValidationError(WAITS)
    if getattr(thread, field) == value:
        return thread
    party = weigh_party(by, thread)
    if field == "is_hidden":
        counters.thread_shown_or_hidden(thread, change=-1 if value else 1)
    setattr(thread, field, value)
    thread.save(update_fields=[field])
    person = thread.author if field == "is_hidden" else None  # a decision about them, against which they may appeal
    events.record(kind, by=by, thread=thread, person=person, reason=reason.strip(), is_party=party, **how)
    return thread


@transaction.atomic
def lock_thread(thread: Thread, *, by: "User", reason: str = "", **how: Unpack[How]) -> Thread:
    """Let nobody reply in the thread or edit its posts. Raises Forbidden."""
    return _mark(thread, "is_locked", True, "thread.locked", by=by, reason=reason, **how)


@transaction.atomic
def unlock_thread(thread: Thread, *, by: "User", reason: str = "", **how: Unpack[How]) -> Thread:
    """Open the thread for replies again. Raises Forbidden."""
    return _mark(thread, "is_locked", False, "thread.unlocked", by=by, reason=reason, **how)


@transaction.atomic
def feature_thread(thread: Thread, *, by: "User", reason: str = "", **how: Unpack[How]) -> Thread:
    """Mark the thread as one of the city's best. Raises Forbidden."""
    return _mark(thread, "is_featured", True, "thread.featured", by=by, reason=reason, **how)


@transaction.atomic
def unfeature_thread(thread: Thread, *, by: "User", reason: str = "", **how: Unpack[How]) -> Thread:
    """Take the mark of the city's best away. Raises Forbidden."""
    return _mark(thread, "is_featured", False, "thread.unfeatured", by=by, reason=reason, **how)


@transaction.atomic
def hide_thread(thread: Thread, *, by: "User", reason: str, **how: Unpack[How]) -> Thread:
    """Take the thread from everybody's sight but the officers' and its author's.

    Raises Forbidden, and ValidationError for a missing `reason` or a thread that waits for approval.
    """
    return _mark(thread, "is_hidden", True, "thread.hidden", by=by, reason=reason, **how)


@transaction.atomic
def restore_thread(thread: Thread, *, by: "User", reason: str = "", **how: Unpack[How]) -> Thread:
    """Show a hidden thread again. Raises Forbidden, and ValidationError for a thread that waits for approval."""
    return _mark(thread, "is_hidden", False, "thread.restored", by=by, reason=reason, **how)


@transaction.atomic
def move_thread(thread: Thread, *, by: "User", board: Board, reason: str = "", **how: Unpack[How]) -> Thread:
    """Move the thread to another board of its city; its address stays.

    Raises Forbidden, and ValidationError for a `board` of another city.
    """
    thread = locked(thread)
    require(can_moderate_thread(Viewer.of(by), thread, "move"))
    if board.city_id != thread.city_id:
        raise ValidationError({"board": _("That board belongs to another city.")})
    old = thread.board
    if board.pk == old.pk:
        return thread
    party = weigh_party(by, thread)
    counters.thread_moved(thread, old=old, new=board)
    keep_board_marks(thread)
    thread.board = board
    thread.save(update_fields=["board"])
    data: dict[str, Any] = {"old": old.name, "new": board.name, "old_board": old.pk}
    events.record("thread.moved", by=by, thread=thread, board=board, reason=reason, is_party=party, **how, **data)
    return thread


def _show_or_hide(post: Post, *, by: "User", hidden: bool, reason: str, **how: Unpack[How]) -> Post:
    # The thread first, always in this order, so that two officers cannot wait for each other.
    thread = locked(post.thread)
    post = Post.objects.select_for_update(of=("self",), no_key=True).get(pk=post.pk)
    if post.thread_id != thread.pk:  # it was carried into another one meanwhile
        thread = locked(post.thread)
    post.thread = thread
    require(can_moderate_post(Viewer.of(by), post))
    if hidden and not reason.strip():
        raise ValidationError({"reason": NEEDS_REASON})
    if post.is_held:
        raise ValidationError(WAITS)
    if post.is_hidden == hidden:
        return post
    party = weigh_party(by, thread, post)
    post.is_hidden = hidden
    post.save(update_fields=["is_hidden"])
    counters.post_shown_or_hidden(post, change=-1 if hidden else 1)
    if post.is_opener:  # its first words stand in lists
        thread.excerpt = "" if hidden else excerpt(post.body, EXCERPT_LENGTH)
        thread.save(update_fields=["excerpt"])
    kind = "post.hidden" if hidden else "post.restored"
    events.record(kind, by=by, post=post, person=post.author, reason=reason.strip(), is_party=party, **how)
    return post


@transaction.atomic
def hide_post(post: Post, *, by: "User", reason: str, **how: Unpack[How]) -> Post:
    """Put a tombstone in the place of the post.

    Raises Forbidden, and ValidationError for a missing `reason` or a post that waits for approval.
    """
    return _show_or_hide(post, by=by, hidden=True, reason=reason, **how)


@transaction.atomic
def restore_post(post: Post, *, by: "User", reason: str = "", **how: Unpack[How]) -> Post:
    """Show a hidden post again. Raises Forbidden, and ValidationError for a post that waits for approval."""
    return _show_or_hide(post, by=by, hidden=False, reason=reason, **how)
