"""Taking an act of the log back, and keeping its names and content out of the public log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from forum import events
from forum.actions import moderation, pinning
from forum.actions.boards import order_boards
from forum.actions.holds import show_refused_post
from forum.actions.merging import unmerge_thread
from forum.actions.moderation import How
from forum.actions.sanctions import lift_sanction
from forum.actions.splitting import unsplit_thread
from forum.models import Board, Event
from forum.permissions.parties import weigh_party
from forum.permissions.roles import Viewer
from forum.permissions.undoing import can_mark_private, can_undo_event
from forum.permissions.verdicts import require

if TYPE_CHECKING:
    from accounts.models import User

type Doing = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Undo:
    """How an act is taken back: `do` it with the event; a later act of `family` on the same thing forbids it."""

    do: Doing
    family: tuple[str, ...] = ()


def _thread(act: Doing) -> Doing:
    return lambda event, **how: act(event.thread, **how)


def _post(act: Doing) -> Doing:
    return lambda event, **how: act(event.post, **how)


def _repin(event: Event, *, by: "User", reason: str, **how: Unpack[How]) -> object:
    """Let the thread be pinned as it was before the act, or not at all."""
    assert event.thread, "every act on a thread has one"
    if not event.data.get("was_pinned"):
        return pinning.unpin_thread(event.thread, by=by, reason=reason, **how)
    until = parse_datetime(event.data.get("was_until", ""))
    return pinning.pin_thread(event.thread, by=by, until=until, reason=reason, **how)


def _move_back(event: Event, *, by: "User", reason: str, **how: Unpack[How]) -> object:
    assert event.thread, "every act on a thread has one"
    board = Board.objects.filter(pk=event.data["old_board"]).first()
    if board is None:
        raise ValidationError(_("The board on which the thread stood is no more."))
    return moderation.move_thread(event.thread, by=by, board=board, reason=reason, **how)


def _order_back(event: Event, *, by: "User", reason: str, undoes: Event, at: datetime | None) -> object:
    assert event.city, "every act of the log has one"
    return order_boards(event.city, by=by, order=event.data["was"], reason=reason, undoes=undoes, at=at)


def _carried(act: Doing) -> Doing:
    return lambda event, by, reason, undoes, at: act(event, by=by, reason=reason, at=at)


def _marked(private: bool) -> Doing:
    return lambda event, **how: mark_private(Event.objects.get(pk=event.data["event"]), private=private, **how)


def _lift(event: Event, *, by: "User", reason: str, undoes: Event, at: datetime | None) -> object:
    return lift_sanction(event.sanction, by=by, reason=reason, at=at) if event.sanction else None


def _show_after_all(event: Event, **how: Any) -> object:
    return show_refused_post(event.post.hold, **how) if event.post else None


_PINS = ("thread.pinned", "thread.pinned_until", "thread.unpinned")
_FEATURES, _LOCKS = ("thread.featured", "thread.unfeatured"), ("thread.locked", "thread.unlocked")
_HIDES, _HIDES_POST = ("thread.hidden", "thread.restored"), ("post.hidden", "post.restored")

# THE table: kind of act → what takes it back.
UNDOING: dict[str, Undo] = {
    "thread.pinned": Undo(_repin, _PINS),
    "thread.pinned_until": Undo(_repin, _PINS),
    "thread.unpinned": Undo(_repin, _PINS),
    "thread.featured": Undo(_thread(moderation.unfeature_thread), _FEATURES),
    "thread.unfeatured": Undo(_thread(moderation.feature_thread), _FEATURES),
    "thread.locked": Undo(_thread(moderation.unlock_thread), _LOCKS),
    "thread.unlocked": Undo(_thread(moderation.lock_thread), _LOCKS),
    "thread.hidden": Undo(_thread(moderation.restore_thread), _HIDES),
    "thread.restored": Undo(_thread(moderation.hide_thread), _HIDES),
    "post.hidden": Undo(_post(moderation.restore_post), _HIDES_POST),
    "post.restored": Undo(_post(moderation.hide_post), _HIDES_POST),
    "thread.moved": Undo(_move_back, ("thread.moved",)),
    "thread.merged": Undo(_carried(unmerge_thread)),
    "thread.split": Undo(_carried(unsplit_thread)),
    **dict.fromkeys(("sanction.warned", "sanction.muted", "sanction.banned"), Undo(_lift)),
    "post.refused": Undo(_show_after_all),
    "board.ordered": Undo(_order_back, ("board.ordered", "board.created")),
    "log.marked_private": Undo(_marked(private=False)),
    "log.marked_public": Undo(_marked(private=True)),
}


@transaction.atomic
def undo_event(
    event: Event, *, by: "User", reason: str = "", is_late: bool = False, at: datetime | None = None
) -> Event:
    """Take an act of the log back by doing its opposite, and return the event of that.

    `is_late` is for appeals: they may be granted after the 30 days in which officers undo. Raises Forbidden, and
    ValidationError when the world has moved on: something else of the kind was done since, or it stands so already.
    """
    event = Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event.pk)
    require(can_undo_event(Viewer.of(by), event, at=at, is_late=is_late))
    undo = UNDOING[event.kind]
    later = Event.objects.filter(kind__in=undo.family, city=event.city_id, thread=event.thread_id, post=event.post_id)
    if undo.family and later.filter(pk__gt=event.pk).exists():
        raise ValidationError(_("Something else was done about this since. Look at the later act in the log."))
    undo.do(event, by=by, reason=reason, undoes=event, at=at)
    done = Event.objects.filter(undoes=event).first()
    if done is None:
        raise ValidationError(_("There is nothing to take back any more: it stands so already."))
    return done


@transaction.atomic
def mark_private(event: Event, *, by: "User", private: bool = True, reason: str = "", **how: Unpack[How]) -> Event:
    """Take the names and content of an act out of the public log, or put them back; the act itself stays there.

    Returns the event that was marked; marking it twice changes nothing. Raises Forbidden.
    """
    event = Event.objects.select_for_update(of=("self",), no_key=True).select_related("city", "thread").get(pk=event.pk)
    if event.city is None or not event.in_log:
        raise ValidationError(_("This stands in no public log."))
    require(can_mark_private(Viewer.of(by), event.city))
    if event.is_private == private:
        return event
    party = weigh_party(by, event.thread, event.post) if event.thread else False
    event.is_private = private
    event.save(update_fields=["is_private"])
    kind = "log.marked_private" if private else "log.marked_public"
    events.record(kind, by=by, city=event.city, reason=reason.strip(), is_party=party, **how, event=event.pk)
    return event
