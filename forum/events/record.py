"""Recording an event: the last line of every action."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from forum.events.kinds import KINDS
from forum.events.listeners import announce
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
    """Write down one fact, have those told who listen for it, and return its row.

    Fills in what follows from what is given: a post's thread, the city of a thread or sanction. `data` must be plain
    JSON values. `undoes` is the act that this one takes back; `is_private` keeps names and content out of the public
    log; `is_party` says that who acts is party to the matter. Raises KeyError for a kind that is not in the table.
    """
    meaning = KINDS[kind]
    thread = thread or (post.thread if post else None)
    if post is not None:
        data.setdefault("number", post.number)
    place = thread or board or sanction
    city = city or (place.city if place else None)
    event = Event.objects.create(
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
        data=data,
        in_log=meaning.in_log,
        in_thread=meaning.in_thread,
        is_private=is_private,
        is_party=is_party,
        created_at=at or timezone.now(),
    )
    announce(event)
    return event
