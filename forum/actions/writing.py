"""What a new text must keep to before it becomes a post, and what follows from it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forum.actions.findings import Finding, reason_to_hold
from forum.actions.rules import ask_rules, check_repost
from forum.actions.texts import check_length, rendered
from forum.models import Board
from forum.permissions.offices import can_write_in_office
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require


@dataclass(frozen=True, slots=True)
class Composed:
    """The fields of a post that was weighed, and why it has to wait, if it has to."""

    fields: dict[str, Any]
    finding: Finding | None


def compose(
    viewer: Viewer,
    board: Board,
    *,
    title: str,
    body: str,
    source: str,
    is_repost: bool,
    office: str,
    at: datetime,
    starts: bool = False,
    beside: str = "",
    language: str = "",
) -> Composed:
    """Return the fields of a new post on the board, weighed by the rules of its city.

    What names a source is a repost. `beside` are words that come with the text; `language` is guessed when empty.
    Raises Forbidden, and ValidationError for `body` or `source`.
    """
    city, title, source = board.city, title.strip(), source.strip()
    record = ask_rules(viewer, city, starts=starts, at=at)
    require(can_write_in_office(viewer, city, office))
    check_length(body, board)
    is_repost = is_repost or bool(source)
    check_repost(city, is_repost=is_repost, body=body, source=source)
    fields = rendered(body, language=language)
    words = {"title": title, "body": body, "source": source, "html": fields["html"], "beside": beside}
    finding = reason_to_hold(viewer, city, record, at=at, **words)
    waits = finding is not None
    fields |= {"title": title, "source": source, "is_repost": is_repost, "office": office}
    return Composed(fields | {"is_held": waits, "is_hidden": waits, "created_at": at}, finding)
