"""Numbers of posts that stand elsewhere now: where they lead, and what a thread shows in their place."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from forum.models import FormerNumber, Post, Thread
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_see_thread, visible_threads
from forum.queries.posts import POSTS_PER_PAGE, place_of, post_by_number
from forum.queries.threads import get_thread


@dataclass(frozen=True, slots=True)
class Stub:
    """Numbers of a thread in a row whose posts stand in a row elsewhere; `thread` is None where it may not be seen."""

    rows: list[FormerNumber]
    thread: Thread | None
    is_here: bool

    @property
    def first(self) -> FormerNumber:
        """The first of the numbers."""
        return self.rows[0]

    @property
    def last(self) -> FormerNumber:
        """The last of the numbers."""
        return self.rows[-1]


def former_between(thread: Thread, first: int, following: int) -> list[FormerNumber]:
    """Return the numbers whose posts have left, between that of a page's first post and that of the next page's.

    `first` is 0 on the first page, `following` on the last one. One query, none for a thread that no post has left.
    """
    if not thread.former_count:
        return []
    rows = FormerNumber.objects.filter(thread=thread).select_related("post__thread__city")
    if first:
        rows = rows.filter(number__gte=first)
    if following:
        rows = rows.filter(number__lt=following)
    return list(rows.defer("post__body", "post__html").order_by("number"))


def stubs_of(viewer: Viewer, thread: Thread, rows: list[FormerNumber]) -> list[Stub]:
    """Return what stands in place of posts that have left a thread, as the viewer may know it; no query."""
    stubs: list[Stub] = []
    for row in rows:
        before = stubs[-1].last if stubs else None
        if before and _follows(row, before):
            stubs[-1].rows.append(row)
        else:
            shown = row.post.thread if can_see_thread(viewer, row.post.thread) else None
            stubs.append(Stub([row], shown, is_here=row.post.thread_id == thread.pk))
    return stubs


def _follows(row: FormerNumber, before: FormerNumber) -> bool:
    here, there = (before.number + 1, before.post.number + 1), (row.number, row.post.number)
    return here == there and row.post.thread_id == before.post.thread_id


def post_at(thread: Thread, number: int) -> Post | None:
    """Return the post that the number means, wherever it stands now; for one that was never given, the one before it.

    The post comes with its thread and city. At most two queries.
    """
    here = Post.objects.filter(thread=thread, number__lte=number, is_held=False).select_related("thread__city")
    post = here.order_by("-number").first()
    if post and post.number == number:
        return post
    rows = FormerNumber.objects.filter(thread=thread, number__lte=number).select_related("post__thread__city")
    former = rows.order_by("-number").first()
    if former and (post is None or former.number > post.number):
        return former.post
    return post


def _former_numbers(pk: int) -> QuerySet[FormerNumber]:
    """Return the numbers of a merged thread; none for an id that no database could hold."""
    return FormerNumber.objects.filter(thread__in=Thread.objects.filter(pk=pk, merged_into__isnull=False))


def thread_merged_into(viewer: Viewer, pk: int) -> Thread | None:
    """Return the thread in which the posts of a merged one stand now; None for any other, or one not to be seen."""
    opener = _former_numbers(pk).filter(number=1).values("post__thread")
    return visible_threads(viewer, Thread.objects.filter(pk__in=opener)).first()


def thread_to_answer(viewer: Viewer, pk: int, number: int | None) -> tuple[Thread, Post | None]:
    """Return the thread in which a reply is written and the post of that number in it, if there is one.

    A thread that was merged meanwhile stands for the other one, and its numbers for their posts. Raises Http404.
    """
    other = None
    try:
        thread = get_thread(viewer, pk)
    except Http404:
        other = thread_merged_into(viewer, pk)
        if other is None:
            raise
        thread = get_thread(viewer, other.pk)
    if number is None:
        return thread, None
    if other is None:
        return thread, post_by_number(thread, number)
    rows = Post.objects.filter(former_numbers__thread=pk, former_numbers__number=number, thread=thread)
    return thread, rows.select_related("author").first()


def place_in_merged(viewer: Viewer, pk: int, page: int = 1) -> str:
    """Return where a page of a merged thread begins now; "" for any other thread, or one not to be seen."""
    rows = _former_numbers(pk).order_by("number")
    start = (page - 1) * POSTS_PER_PAGE
    former = rows.select_related("post__thread__city")[start : start + 1].first() or rows.first()
    if former is None or not can_see_thread(viewer, former.post.thread):
        return ""
    return place_of(former.post)
