"""Pages of what was found: where one ends and the next begins, and what stands on it, grouped by thread."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import Http404

from forum.models import Board, Post
from forum.search.ranking import Ranked, best_first
from forum.search.results import Group, Hit, Order

SHOWN: Final = 3  # hits of one thread on a page


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
    """Return the groups with their posts; two queries for all of them."""
    ids = [one.post_id for group in groups for one in group[:shown]]
    if not ids:
        return ()
    posts = Post.objects.select_related("author", "thread").defer("body").in_bulk(ids)
    # Most results stand on few boards: their rows are wide, so each is read once.
    boards = Board.objects.select_related("city").in_bulk({post.thread.board_id for post in posts.values()})
    return tuple(_group([posts[one.post_id] for one in group[:shown]], group, boards) for group in groups)


def _group(posts: list[Post], group: list[Ranked], boards: dict[int, Board]) -> Group:
    thread = posts[0].thread
    thread.board = boards[thread.board_id]
    thread.city = thread.board.city
    for post in posts:
        post.thread = thread
    hits = tuple(Hit(post, one.score) for post, one in zip(posts, group, strict=False))
    return Group(thread, hits, more=len(group) - len(hits))


def _number(text: str) -> int:
    """Return the number; raise ValueError for one that no database can hold."""
    number = int(text)
    if not -(2**63) < number < 2**63:
        raise ValueError(text)
    return number
