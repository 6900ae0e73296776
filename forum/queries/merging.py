"""What officers choose from when they merge threads or split one: other threads, and who wrote the posts."""

import re
from dataclasses import dataclass

from django.http import Http404

from forum.models import Post, Thread
from forum.permissions.roles import Viewer
from forum.queries.thread_lists import listed

SHOWN = 20
_ADDRESS = re.compile(r"(?:.*/t/)?(\d{1,18})(?:[/?#].*)?")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a split would do: how many posts go, who wrote them, how many answers to them stay, and which opens."""

    count: int
    authors: list[str]
    staying: int
    opener: int


def threads_to_merge_into(viewer: Viewer, thread: Thread, sought: str = "") -> list[Thread]:
    """Return shown threads of the city into which the thread may go, the liveliest first; one query.

    Without words those of its board; a number or an address names one; words are looked for in titles.
    """
    rows = listed(viewer).filter(city=thread.city_id, is_hidden=False).exclude(pk=thread.pk)
    sought = sought.strip()
    if named := _ADDRESS.fullmatch(sought):
        rows = rows.filter(pk=int(named[1]))
    elif sought:
        rows = rows.filter(title__icontains=sought)
    else:
        rows = rows.filter(board=thread.board_id)
    return list(rows.order_by("-last_post_at", "-pk")[:SHOWN])


def thread_to_merge_into(viewer: Viewer, thread: Thread, pk: str) -> Thread:
    """Return the thread of the city that was chosen; raise Http404 for anything else."""
    number = int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 19 else 0
    found = listed(viewer).filter(city=thread.city_id, is_hidden=False, pk=number).exclude(pk=thread.pk).first()
    if found is None:
        raise Http404("No such thread")
    return found


def posts_to_carry(thread: Thread) -> int:
    """Return how many posts a merge would carry, those that wait for approval too; one query."""
    return Post.objects.filter(thread=thread).count()


def plan_of_split(thread: Thread, numbers: list[int]) -> Plan | None:
    """Return what splitting the posts of those numbers off would do, None when there are none; two queries."""
    posts = list(Post.objects.filter(thread=thread, number__in=numbers).select_related("author").order_by("number"))
    if not posts:
        return None
    staying = Post.objects.filter(thread=thread, addressed__in=posts).exclude(pk__in=[post.pk for post in posts])
    authors = list(dict.fromkeys(post.author.name for post in posts))
    return Plan(len(posts), authors, staying.count(), posts[0].number)
