"""Topics of another forum in plain terms, whatever software they come from."""

from dataclasses import dataclass, field
from datetime import datetime


class Unreadable(Exception):
    """This piece of the archive is not what it should be; the message says why."""


class LeftOut(Exception):
    """This piece of the archive is sound, but not to be shown; the message says why."""


@dataclass(slots=True)
class Entry:
    """One numbered entry of a topic: a post, or an act such as closing it (then `code` names the act)."""

    number: int
    source_id: int | None
    author: str
    author_name: str
    at: datetime
    raw: str = ""
    cooked: str = ""
    to: int | None = None
    earlier_edits: int = 0
    edited_at: datetime | None = None
    recommendations: int = 0
    is_hidden: bool = False
    code: str = ""


@dataclass(slots=True)
class Topic:
    """One topic with those of its entries that the archive holds, by number."""

    source_id: int
    slug: str
    title: str
    category: int | None
    file: str
    entries: dict[int, Entry] = field(default_factory=dict)
    views: int = 0
    is_pinned: bool = False
    is_locked: bool = False
    is_listed: bool = True

    @property
    def has_gaps(self) -> bool:
        """Whether numbers are missing between the entries."""
        return max(self.entries, default=0) != len(self.entries)
