"""Recording an event: the last line of every action."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.statements import insert
from forum.events.kinds import KINDS
from forum.events.linking import link, linked_together
from forum.events.listeners import announce, heard_together
from forum.models import Board, City, Event, Post, Sanction, Thread

if TYPE_CHECKING:
    from accounts.models import User


def record(
    kind: str,
    *,
    by: "User | None",
    city: City | None = None,
    board: Board | None = None,
    thread: Thread | None = None,
    post: Post | None = None,
    person: "User | None" = None,
    sanction: Sanction | None = None,
    undoes: Event | None = None,
    reason: str = "",
    is_private: bool = False,
    is_party: bool = False,
    at: datetime | None = None,
    **data: Any,
) -> Event:
    """Write down one fact as the next link of the city's chain, have those told who listen, and return its row.

    Fills in what follows from what is given: a post's thread, the city of a thread or sanction. `data` must be plain
    JSON values. `undoes` is the act that this one takes back; `is_private` keeps names and content out of the public
    log; `is_party` says that who acts is party to the matter. `anchor` in data is the hash of a revision or ballot
    that this event makes part of the city's chain. To be called in a transaction, after everything else in it. Raises
    KeyError for a kind that is not in the table.
    """
    meaning = KINDS[kind]
    thread = thread or (post.thread if post else None)
    if post is not None:
        data.setdefault("number", post.number)
    place = thread or board or sanction
    city = city or (place.city if place else None)
    event = Event(
        kind=kind,
        actor=by,
        city=city,
        board=board,
        thread=thread,
        post=post,
        person=person,
        sanction=sanction,
        undoes=undoes,
        reason=reason,
        data=json.loads(json.dumps(data)),  # as the database gives it back: no tuples, keys are text
        in_log=meaning.in_log,
        in_thread=meaning.in_thread,
        is_private=is_private,
        is_party=is_party,
        created_at=at or timezone.now(),
    )
    link(event)
    insert(event)
    announce(event)
    return event


@contextmanager
def told_together() -> Iterator[None]:
    """Link, and tell of, all events recorded within at once, in one transaction: for what records thousands of them."""
    with linked_together(), heard_together():
        yield
