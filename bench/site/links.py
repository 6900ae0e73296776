"""Events and versions as light as can be, with the names that `forum.events.chain` asks them for."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(slots=True)
class Version:
    """What of a Revision is hashed."""

    post_id: int
    number: int
    author_id: int
    title: str
    body: str
    reason: str
    created_at: datetime
    salt: str
    content_hash: str = ""


@dataclass(slots=True)
class Linked:
    """What of an Event is hashed."""

    kind: str
    actor_id: int
    city_id: int
    board_id: int
    thread_id: int
    post_id: int | None
    reason: str
    data: dict[str, Any]
    created_at: datetime
    in_log: bool = False
    in_thread: bool = False
    is_party: bool = False
    person_id: None = field(default=None)
    sanction_id: None = field(default=None)
    undoes_id: None = field(default=None)
    position: int = 0
    salt: str = ""
    content_hash: str = ""
