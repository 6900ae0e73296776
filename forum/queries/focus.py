"""Reading mode: the posts of a thread, or one of them, as text and nothing else."""

from dataclasses import dataclass

from django.core.paginator import Page

from forum.models import Post, Thread
from forum.permissions.posts import can_see_post
from forum.permissions.roles import Viewer
from forum.queries.folds import Fold, fold_of
from forum.queries.marks import reading_of
from forum.queries.posts import get_post, page_of_thread
from forum.queries.threads import thread_to_read
from forum.text.languages import guess
from forum.text.vertical import is_chinese


@dataclass(frozen=True, slots=True)
class FocusPost:
    """A post to read; `runs_vertically`: its text may stand in vertical lines; `fold`: why it is folded, if it is."""

    post: Post
    is_readable: bool
    runs_vertically: bool
    fold: Fold | None = None


@dataclass(frozen=True, slots=True)
class FocusPage:
    """What reading mode shows: a page of a thread, or (without `numbers`) one post.

    `read_to` is the number up to which the thread is read when the page is; 0 when nothing on it is new to the viewer.
    """

    thread: Thread
    posts: list[FocusPost]
    numbers: "Page[int] | None" = None
    read_to: int = 0

    @property
    def is_chinese(self) -> bool:
        """Whether the thread, or the one post, may stand in vertical lines."""
        return thread_is_chinese(self.thread) if self.numbers else self.posts[0].runs_vertically


def thread_is_chinese(thread: Thread) -> bool:
    """Return whether the thread is one that may be read in vertical lines."""
    return is_chinese(thread.language or guess(thread.title))


def _shown(viewer: Viewer, post: Post) -> FocusPost:
    in_chinese = is_chinese(post.language) if post.language else thread_is_chinese(post.thread)
    fold = fold_of(viewer, post.author_id, post.title, post.body)
    return FocusPost(post, can_see_post(viewer, post), in_chinese, fold)


def focus_on_thread(viewer: Viewer, pk: int, *, number: int) -> FocusPage:
    """Return page `number` of a thread to read: the posts of the same page of the thread.

    Two queries, one more where somebody sees held posts. Raises Http404 for what is not there for the viewer.
    """
    thread = thread_to_read(viewer, pk)
    page, posts, _following = page_of_thread(viewer, thread, number)
    reading = reading_of(viewer, thread)
    is_news = reading is not None and any(reading.is_new(post) for post in posts)
    read_to = max((post.number for post in posts), default=0) if is_news else 0
    return FocusPage(thread, [_shown(viewer, post) for post in posts], page, read_to)


def focus_on_post(viewer: Viewer, pk: int) -> FocusPage:
    """Return one post to read. Raises Http404 for one that the viewer may not see. One query."""
    post = get_post(viewer, pk)
    return FocusPage(post.thread, [_shown(viewer, post)])
