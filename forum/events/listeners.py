"""THE table of what happens after: kind of event → listeners, told when the transaction has committed."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.db import transaction

from forum import notifying
from forum.models import Event

log = logging.getLogger(__name__)

type Listener = Callable[[Sequence[Event]], None]

LISTENERS: dict[str, tuple[Listener, ...]] = {
    "post.created": (notifying.deliver,),
    "post.edited": (notifying.deliver,),
    "post.recommended": (notifying.deliver,),
    "post.unrecommended": (notifying.retract,),
    "post.hidden": (notifying.deliver,),
    "post.restored": (notifying.deliver,),
    "thread.created": (notifying.deliver,),
    "thread.hidden": (notifying.deliver,),
    "thread.restored": (notifying.deliver,),
    "thread.locked": (notifying.deliver,),
    "thread.unlocked": (notifying.deliver,),
    "thread.featured": (notifying.deliver,),
    "thread.pinned": (notifying.deliver,),
    "thread.pinned_until": (notifying.deliver,),
    "thread.moved": (notifying.deliver,),
    "thread.merged": (notifying.deliver,),
    "thread.unmerged": (notifying.deliver,),
    "thread.split": (notifying.deliver,),
    "post.held": (notifying.deliver,),
    "post.approved": (notifying.deliver,),
    "post.refused": (notifying.deliver,),
    "application.sent": (notifying.deliver,),
    "report.filed": (notifying.deliver,),
    "case.upheld": (notifying.deliver,),
    "case.dismissed": (notifying.deliver,),
    "case.escalated": (notifying.deliver,),
    "sanction.warned": (notifying.deliver,),
    "sanction.muted": (notifying.deliver,),
    "sanction.banned": (notifying.deliver,),
    "sanction.suspended": (notifying.deliver,),
    "sanction.lifted": (notifying.deliver,),
    "appeal.made": (notifying.deliver,),
    "appeal.passed_on": (notifying.deliver,),
    "appeal.granted": (notifying.deliver,),
    "appeal.refused": (notifying.deliver,),
    "application.withdrawn": (notifying.retract,),
    "application.accepted": (notifying.deliver,),
    "application.refused": (notifying.deliver,),
    "poll.closed": (notifying.deliver,),
    "draft.returned": (notifying.deliver,),
    "election.called": (notifying.deliver,),
    "election.begun": (notifying.deliver,),
    "election.voting": (notifying.deliver,),
    "election.decided": (notifying.deliver,),
    "election.failed": (notifying.deliver,),
    "election.cancelled": (notifying.deliver,),
    "candidate.proposed": (notifying.deliver,),
    "handover.offered": (notifying.deliver,),
    "handover.accepted": (notifying.deliver,),
    "handover.declined": (notifying.deliver,),
    "handover.withdrawn": (notifying.deliver,),
    "mayor.elected": (notifying.deliver,),
    "mayor.handed": (notifying.deliver,),
    "mayor.followed": (notifying.deliver,),
    "mayor.appointed": (notifying.deliver,),
    "mayor.warned": (notifying.deliver,),
    "mayor.missing": (notifying.deliver,),
    "officer.recalled": (notifying.deliver,),
    "deputy.elected": (notifying.deliver,),
    "deputy.ended": (notifying.deliver,),
    "deputy.named": (notifying.deliver,),
    "deputy.dismissed": (notifying.deliver,),
    "deputy.granted": (notifying.deliver,),
    "message.sent": (notifying.deliver,),
    "conversation.joined": (notifying.deliver,),
    "message.reported": (notifying.deliver,),
    "message_report.upheld": (notifying.deliver,),
    "message_report.dismissed": (notifying.deliver,),
}

# What the program does when the time has come, without an actor.
OF_ITSELF = ("election.", "mayor.", "officer.", "deputy.", "poll.", "draft.")

_held: ContextVar[list[Event] | None] = ContextVar("held", default=None)


def announce(event: Event) -> None:
    """Have the listeners told of the event when the transaction commits; that they are to be is part of it.

    What nobody did here, such as an act that came with an archive, is no news; what came about by itself is.
    """
    if event.kind not in LISTENERS or (event.actor_id is None and not event.kind.startswith(OF_ITSELF)):
        return
    held = _held.get()
    if held is not None:
        held.append(event)
    else:
        notifying.expect([event])
        transaction.on_commit(partial(tell, [event]), robust=True)


@contextmanager
def heard_together() -> Iterator[None]:
    """Tell the listeners of all events recorded within at once: for what records thousands of them."""
    held: list[Event] = []
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
    notifying.expect(held)
    transaction.on_commit(partial(tell, held), robust=True)


def tell(events: Sequence[Event]) -> None:
    """Tell every listener of the events that concern it; one that fails is logged and holds up no other."""
    listeners = dict.fromkeys(listener for event in events for listener in LISTENERS[event.kind])
    for listener in listeners:
        try:
            listener([event for event in events if listener in LISTENERS[event.kind]])
        except Exception:
            log.exception("A listener failed: %s", listener.__qualname__)
