"""What goes on paper: a post, or a thread in parts that a browser can set."""

from dataclasses import dataclass

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404

from forum.models import Post, Thread
from forum.permissions.posts import can_see_post
from forum.permissions.roles import Viewer

POSTS_PER_PART = 500


@dataclass(frozen=True, slots=True)
class PrintedPost:
    """A post on paper; without its text when the viewer may not see it."""

    post: Post
    is_readable: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A post, or one part of a thread, on paper."""

    thread: Thread
    posts: list[PrintedPost]
    part: int = 1
    parts: int = 1


def sheet_of_post(post: Post) -> Sheet:
    """Return the sheet of one post, which the viewer may see."""
    return Sheet(post.thread, [PrintedPost(post)])


def sheet_of_thread(viewer: Viewer, thread: Thread, number: int) -> Sheet:
    """Return part `number` of the thread on paper; hidden posts keep their place, held ones are left out. One query.

    Raises Http404 when there is no such part.
    """
    try:
        part = Paginator(range(max(thread.posts_count, 1)), POSTS_PER_PART).page(number)
    except EmptyPage as problem:
        raise Http404("No such part") from problem
    rows = (
        Post.objects.filter(thread=thread, is_held=False)
        .select_related("author", "addressed__author")
        .order_by("number")
    )
    posts = []
    for post in rows[part.start_index() - 1 : part.start_index() - 1 + POSTS_PER_PART]:
        post.thread = thread
        posts.append(PrintedPost(post, can_see_post(viewer, post)))
    return Sheet(thread, posts, part.number, part.paginator.num_pages)
