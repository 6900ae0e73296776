"""Posts as the viewer sees them: a page of a thread, or one of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.urls import reverse

from accounts.models import User
from forum.models import DigestEntry, Hold, Membership, Post, Recommendation, Thread
from forum.permissions.digests import can_keep_post
from forum.permissions.posts import can_edit_post, can_moderate_post, can_see_post, readable_posts
from forum.permissions.recommendations import can_recommend_post
from forum.permissions.roles import Viewer
from forum.permissions.rules import can_decide_hold
from forum.permissions.sanctions import can_sanction_author
from forum.permissions.threads import can_see_thread
from forum.permissions.verdicts import ALLOWED, Verdict
from forum.queries.folds import Fold, fold_of
from forum.queries.recommendations import first_recommenders

POSTS_PER_PAGE = 20
HELD_SHOWN = 100  # on one page; more are decided in city hall


@dataclass(slots=True)
class ShownPost:
    """A post with what this viewer may know and do of it.

    `role` is the author's office in the city, if any; `hold` says why it waits for approval, or was refused it; `fold`
    why it is folded; `is_first_unread` that what is new to the viewer begins here.
    """

    post: Post
    is_readable: bool = True
    hold: Hold | None = None
    role: str = ""
    recommenders: list[User] = field(default_factory=list)
    is_recommended: bool = False
    is_kept: bool = False
    may_edit: Verdict = ALLOWED
    may_recommend: Verdict = ALLOWED
    may_keep: Verdict = ALLOWED
    may_moderate: Verdict = ALLOWED
    may_sanction: bool = False
    may_decide: bool = False
    fold: Fold | None = None
    is_first_unread: bool = False


def _rows(viewer: Viewer) -> QuerySet[Post]:
    rows = Post.objects.select_related("author", "addressed__author")
    if not viewer.is_signed_in:
        return rows
    return rows.annotate(
        is_recommended=Exists(Recommendation.objects.filter(post=OuterRef("pk"), user=viewer.user)),
        is_kept=Exists(DigestEntry.objects.filter(post=OuterRef("pk"), digest__owner=viewer.user)),
    )


def shown_posts(viewer: Viewer, posts: Iterable[Post], officers: Iterable[Membership] = ()) -> list[ShownPost]:
    """Return the posts with everything a page says of them; one query for the recommenders of all."""
    posts = list(posts)
    roles = {officer.user_id: officer.role for officer in officers}
    names = first_recommenders([post.pk for post in posts if post.recommendations_count])
    return [
        ShownPost(
            post=post,
            is_readable=can_see_post(viewer, post),
            hold=_hold_of(post) if post.is_held else None,
            role=roles.get(post.author_id, ""),
            recommenders=names.get(post.pk, []),
            is_recommended=getattr(post, "is_recommended", False),
            is_kept=getattr(post, "is_kept", False),
            may_edit=can_edit_post(viewer, post),
            may_recommend=can_recommend_post(viewer, post),
            may_keep=can_keep_post(viewer, post),
            may_moderate=can_moderate_post(viewer, post),
            may_sanction=bool(can_sanction_author(viewer, post, role=roles.get(post.author_id, ""))),
            may_decide=post.is_held and bool(can_decide_hold(viewer, _hold_of(post))),
            fold=fold_of(viewer, post.author_id, post.title, post.body),
        )
        for post in posts
    ]


def _hold_of(post: Post) -> Hold:
    hold: Hold = post.hold
    hold.city = post.thread.city
    return hold


def page_of_thread(viewer: Viewer, thread: Thread, number: int) -> "tuple[Page[int], list[Post], Post | None]":
    """Return a page of the thread: its place among the pages, its posts, and the post that follows them.

    Pages are cut by the posts that are not held; those held that the viewer may see stand among them. One query, two
    for a thread that `has_held`. Raises Http404 when there is no such page.
    """
    try:
        page = Paginator(range(max(thread.posts_count, 1)), POSTS_PER_PAGE).page(number)
    except EmptyPage as problem:
        raise Http404("No such page") from problem
    start = (page.number - 1) * POSTS_PER_PAGE
    rows = _rows(viewer).filter(thread=thread).order_by("number")
    found = list(rows.filter(is_held=False)[start : start + POSTS_PER_PAGE + 1])
    posts, following = found[:POSTS_PER_PAGE], found[POSTS_PER_PAGE] if len(found) > POSTS_PER_PAGE else None
    if getattr(thread, "has_held", False):
        held = readable_posts(viewer, rows.filter(is_held=True).select_related("hold"))
        held = held.filter(number__gt=posts[0].number if posts and page.number > 1 else 0)
        held = held.filter(number__lt=following.number) if following else held
        posts = sorted([*posts, *held[:HELD_SHOWN]], key=_number)
    for post in posts:
        post.thread = thread
    return page, posts, following


def _number(post: Post) -> int:
    return post.number


def get_post(viewer: Viewer, pk: int, *, readable: bool = True) -> Post:
    """Return a post with thread, board and city; raise Http404 when the viewer may not see it.

    With `readable=False` a post whose text is hidden from the viewer is returned too (its tombstone is known).
    """
    rows = _rows(viewer).select_related(
        "thread__board", "thread__city", "thread__author", "author", "addressed__author", "hold"
    )
    post = rows.filter(pk=pk).first()
    if post is None or not (can_see_post if readable else _can_see_place)(viewer, post):
        raise Http404("No such post")
    post.thread.board.city = post.thread.city
    return post


def _can_see_place(viewer: Viewer, post: Post) -> bool:
    # Of a held post nobody else knows.
    return can_see_post(viewer, post) if post.is_held else can_see_thread(viewer, post.thread)


def page_number_of(post: Post) -> int:
    """Return the number of the thread's page on which the post stands; one query."""
    before = Post.objects.filter(thread=post.thread_id, number__lt=post.number, is_held=False).count()
    # A held post stands on the page of the post before it.
    return (max(before - 1, 0) if post.is_held else before) // POSTS_PER_PAGE + 1


def place_of(post: Post) -> str:
    """Return the address of the post within its thread; one query."""
    page = page_number_of(post)
    query = {"page": page} if page > 1 else None
    return reverse("thread", args=[post.thread_id], query=query, fragment=f"p{post.number}")


def post_by_number(thread: Thread, number: int) -> Post | None:
    """Return the post of that number in the thread; none for one that is held."""
    return thread.posts.select_related("author").filter(number=number, is_held=False).first()
