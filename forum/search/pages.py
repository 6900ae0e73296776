"""Pages of what was found: where one ends and the next begins, and what stands on it, grouped by thread."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Model
from django.http import Http404

from accounts.models import User
from accounts.prepared import Prepared
from forum.models import Board, Post, Thread
from forum.search.ranking import Ranked, best_first
from forum.search.results import Group, Hit, Order

# What pages and feeds say of what was found; a column of theirs that is not here costs a query for each post.
_OF_POSTS: Final = (
    "thread", "number", "author", "title", "html", "language", "created_at", "edited_at", "office", "is_hidden",
    "is_held", "recommendations_count", "earlier_recommendations",
)  # fmt: skip
_OF_THREADS: Final = (
    "city", "board", "title", "language", "replies_count", "is_hidden", "is_held", "is_pinned", "pinned_until",
    "is_featured", "is_locked",
)  # fmt: skip
_OF_BOARDS: Final = ("slug", "name", "city__slug", "city__name", "city__visibility")
_STEP: Final = 10
SHOWN: Final = 2  # hits of one thread on a page

_posts: Prepared[Post] = Prepared(lambda *ids: Post.objects.only(*_OF_POSTS).filter(pk__in=ids))
_people: Prepared[User] = Prepared(
    lambda *ids: User.objects.only("username", "display_name", "farewell").filter(pk__in=ids)
)
_threads: Prepared[Thread] = Prepared(lambda *ids: Thread.objects.only(*_OF_THREADS).filter(pk__in=ids))
_boards: Prepared[Board] = Prepared(
    lambda *ids: Board.objects.select_related("city").only(*_OF_BOARDS).filter(pk__in=ids)
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page begins: after this place; and what the first page knew, so that all pages say the same.

    By relevance the `day` from which ages are counted and the score of the last hit; by date the count.
    """

    place: int
    day: int = 0
    score: float = 0.0
    count: int = 0
    is_exact: bool = True

    def write(self, order: Order) -> str:
        """Return the mark as it stands in an address."""
        if order == "date":
            return f"{self.place}~{self.count}{'' if self.is_exact else '+'}"
        return f"{self.place}~{self.score:.6f}~{self.day}"


def read_mark(text: str, order: Order) -> Mark | None:
    """Return the mark of that order in an address, None for none; raise Http404 for anything else."""
    if not text:
        return None
    try:
        place, *rest = text.split("~")
        if order == "date":
            (count,) = rest
            return Mark(_number(place), count=_number(count.rstrip("+")), is_exact=not count.endswith("+"))
        score, day = rest
        return Mark(_number(place), day=_number(day) % 100_000, score=float(score))
    except ValueError as problem:
        raise Http404(f"No page at {text!r}") from problem


def by_thread(ranked: Iterable[Ranked]) -> list[list[Ranked]]:
    """Return them grouped by thread, groups and their members in the order in which they come."""
    groups: dict[int, list[Ranked]] = {}
    for one in ranked:
        groups.setdefault(one.thread_id, []).append(one)
    return list(groups.values())


def best_page(ranked: Iterable[Ranked], mark: Mark | None, size: int) -> tuple[list[list[Ranked]], bool]:
    """Return the groups of one page, best first, and whether more follow."""
    groups = by_thread(best_first(ranked))
    if mark:
        groups = [group for group in groups if (group[0].score, group[0].place) < (mark.score, mark.place)]
    return groups[:size], len(groups) > size


def filled(groups: Sequence[list[Ranked]], *, shown: int | None = SHOWN) -> tuple[Group, ...]:
    """Return the groups with their posts; four queries for all of them."""
    ids = [one.post_id for group in groups for one in group[:shown]]
    if not ids:
        return ()
    posts = _by_id(_posts, ids)
    # The same people, threads and boards come again and again, and their rows are wide: each is read once.
    people = _by_id(_people, {post.author_id for post in posts.values()})
    threads = _by_id(_threads, {group[0].thread_id for group in groups})
    boards = _by_id(_boards, {thread.board_id for thread in threads.values()})
    for thread in threads.values():
        thread.board = boards[thread.board_id]
        thread.city = thread.board.city
    for post in posts.values():
        post.author, post.thread = people[post.author_id], threads[post.thread_id]
    return tuple(
        Group(
            threads[group[0].thread_id],
            hits=tuple(Hit(posts[one.post_id], one.score) for one in group[:shown]),
            more=len(group[shown:]) if shown is not None else 0,
        )
        for group in groups
    )


def _by_id[Row: Model](rows: "Prepared[Row]", ids: Iterable[int]) -> dict[int, Row]:
    """Return the rows of these ids by id. Of few lengths, so that few forms of the query are prepared."""
    asked = [*ids]
    asked += asked[-1:] * (-len(asked) % _STEP)
    return {row.pk: row for row in rows(*asked)}


def _number(text: str) -> int:
    """Return the number; raise ValueError for one that no database can hold."""
    number = int(text)
    if not -(2**63) < number < 2**63:
        raise ValueError(text)
    return number
