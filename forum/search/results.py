"""Where is searched, and what is found."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from forum.models import Board, City, Post, Thread

if TYPE_CHECKING:
    from accounts.models import User

type Order = Literal["relevance", "date"]

EXACT = 1000  # up to here matches are counted one by one
RANKED = 400  # up to here the newest of them are ranked


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the site that is searched; all that is given must hold. Nothing given is the whole site.

    `person` is the author of the posts; `in_digests` and `own` mean the digests and the posts of the viewer, and
    find nothing for a visitor.
    """

    city: City | None = None
    board: Board | None = None
    thread: Thread | None = None
    person: "User | None" = None
    in_digests: bool = False
    own: bool = False


EVERYWHERE = Scope()


@dataclass(frozen=True, slots=True)
class Hit:
    """A post that was found, with author, thread, board and city at hand. `score` is 0 in the order by date."""

    post: Post
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """What was found in one thread: the best or newest hits, and how many more are on no page (`more`)."""

    thread: Thread
    hits: tuple[Hit, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found.

    `count` is exact up to EXACT posts, about right above (`count_is_exact` says which). `next` is the `after` of the
    next page, "" on the last one. `is_cut` says that in this order only the newest matches were ranked, and that
    the order by date has more. `unknown` are filters that name nobody or nothing, as (operator, value).
    `took_too_long` means that time ran out: what is here is right, but there may be more.
    """

    groups: tuple[Group, ...] = ()
    count: int = 0
    count_is_exact: bool = True
    next: str = ""
    order: Order = "relevance"
    is_cut: bool = False
    unknown: tuple[tuple[str, str], ...] = ()
    took_too_long: bool = False

    def __bool__(self) -> bool:
        return bool(self.groups)
