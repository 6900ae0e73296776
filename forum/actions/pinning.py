"""Keeping a thread at the top of its board, for good or until a time, and letting it go."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import events
from forum.actions.moderation import How, locked
from forum.models import Thread
from forum.permissions.parties import weigh_party
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_moderate_thread
from forum.permissions.verdicts import require

if TYPE_CHECKING:
    from accounts.models import User

PINNED_AT_MOST = 10  # on one board: more would be the list itself


def _pin(
    thread: Thread, *, by: "User", until: datetime | None, pinned: bool, reason: str, **how: Unpack[How]
) -> Thread:
    thread = locked(thread)
    require(can_moderate_thread(Viewer.of(by), thread, "pin"))
    if until and until <= (how.get("at") or timezone.now()):
        raise ValidationError({"until": _("Choose a time to come.")})
    if thread.is_on_top == pinned and (not pinned or thread.pinned_until == until):
        return thread
    if pinned and not thread.is_on_top and thread.board.threads.pinned().count() >= PINNED_AT_MOST:
        raise ValidationError(_("Ten threads are pinned on this board. Unpin one of them first."))
    party = weigh_party(by, thread)
    was: dict[str, Any] = {"was_pinned": thread.is_on_top}
    if thread.is_on_top and thread.pinned_until:
        was["was_until"] = thread.pinned_until.isoformat()
    thread.is_pinned, thread.pinned_until = pinned, until
    thread.save(update_fields=["is_pinned", "pinned_until"])
    kind = "thread.unpinned" if not pinned else "thread.pinned_until" if until else "thread.pinned"
    data = was | {"until": until.isoformat()} if until else was
    events.record(kind, by=by, thread=thread, reason=reason.strip(), is_party=party, **how, **data)
    return thread


@transaction.atomic
def pin_thread(
    thread: Thread, *, by: "User", until: datetime | None = None, reason: str = "", **how: Unpack[How]
) -> Thread:
    """Keep the thread at the top of its board, until a time if one is given.

    Raises Forbidden, and ValidationError for an `until` that is past or when ten threads of the board are pinned.
    """
    return _pin(thread, by=by, until=until, pinned=True, reason=reason, **how)


@transaction.atomic
def unpin_thread(thread: Thread, *, by: "User", reason: str = "", **how: Unpack[How]) -> Thread:
    """Let the thread take its place in the list again. Raises Forbidden."""
    return _pin(thread, by=by, until=None, pinned=False, reason=reason, **how)
