"""Posts as the viewer sees them: a page of a thread, or one of them."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.urls import reverse

from accounts.models import User
from accounts.prepared import Prepared
from accounts.statements import execute
from forum.models import DigestEntry, Hold, Membership, Post, Recommendation, Thread
from forum.permissions.posts import can_see_post, readable_posts
from forum.permissions.roles import Viewer
from forum.permissions.rules import can_decide_hold
from forum.permissions.threads import can_see_thread
from forum.permissions.verdicts import ALLOWED, Verdict
from forum.queries.folds import Fold, fold_of
from forum.queries.own import NO_MARKS, Marks
from forum.queries.post_rights import Rights, rights_by_kind
from forum.queries.recommendations import first_recommenders

POSTS_PER_PAGE = 20
HELD_SHOWN = 100  # on one page; more are decided in city hall


@dataclass(slots=True)
class ShownPost:
    """A post with what this viewer may know and do of it.

    `role` is the author's office in the city, if any; `hold` says why it waits for approval, or was refused it; `fold`
    why it is folded; `is_first_unread` that what is new to the viewer begins here. `key` holds all that decides how it
    looks on the page of its thread, None where that is not to be kept.
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
    key: Hashable = None


def _with_marks(rows: QuerySet[Post], user: int | None) -> QuerySet[Post]:
    if user is None:
        return rows
    return rows.annotate(
        is_recommended=Exists(Recommendation.objects.filter(post=OuterRef("pk"), user=user)),
        is_kept=Exists(DigestEntry.objects.filter(post=OuterRef("pk"), digest__owner=user)),
    )


def _rows(viewer: Viewer) -> QuerySet[Post]:
    rows = Post.objects.select_related("author", "addressed__author")
    return _with_marks(rows, viewer.user.pk if viewer.user else None)


def shown_posts(
    viewer: Viewer,
    posts: Iterable[Post],
    officers: Iterable[Membership] = (),
    names: Mapping[int, list[User]] | None = None,
    marks: Marks = NO_MARKS,
) -> list[ShownPost]:
    """Return the posts of one thread with all that a page says of them; one query, none when `names` are given.

    `marks` says what the viewer recommended and kept, where the posts do not.
    """
    posts = list(posts)
    roles = {officer.user_id: officer.role for officer in officers}
    if names is None:
        names = first_recommenders([post.pk for post in posts if post.recommendations_count])
    rights, shown = dict[tuple[object, ...], Rights](), []
    for post in posts:
        role = roles.get(post.author_id, "")
        known = rights_by_kind(rights, viewer, post, role)
        shown.append(
            ShownPost(
                post=post,
                is_readable=known.is_readable,
                hold=_hold_of(post) if post.is_held else None,
                role=role,
                recommenders=names.get(post.pk, []),
                is_recommended=post.pk in marks.recommended or getattr(post, "is_recommended", False),
                is_kept=post.pk in marks.kept or getattr(post, "is_kept", False),
                may_edit=known.may_edit,
                may_recommend=known.may_recommend,
                may_keep=known.may_keep,
                may_moderate=known.may_moderate,
                may_sanction=known.may_sanction,
                may_decide=post.is_held and bool(can_decide_hold(viewer, _hold_of(post))),
                fold=fold_of(viewer, post.author_id, post.title, post.body),
            )
        )
    return shown


def _hold_of(post: Post) -> Hold:
    hold: Hold = post.hold
    hold.city = post.thread.city
    return hold


def page_at(thread: Thread, number: int) -> "Page[int]":
    """Return the place of page `number` among the pages of a thread; raise Http404 when there is no such page."""
    try:
        return Paginator(range(max(thread.posts_count, 1)), POSTS_PER_PAGE).page(number)
    except EmptyPage as problem:
        raise Http404("No such page") from problem


def first_number_on(thread: Thread, page: "Page[int]") -> int:
    """Return the lowest number that a post on the page may bear, so that nothing has to be counted off before it.

    No query where no number of the thread is missing, nor for the first page; else one, over numbers alone.
    """
    start = (page.number - 1) * POSTS_PER_PAGE
    if start == 0 or thread.posts_count == thread.last_number:
        return start + 1
    numbers = Post.objects.filter(thread=thread, is_held=False).order_by("number").values_list("number", flat=True)
    return next(iter(numbers[start : start + 1]), thread.last_number + 1)


def page_of_thread(viewer: Viewer, thread: Thread, number: int) -> "tuple[Page[int], list[Post], Post | None]":
    """Return a page of the thread: its place among the pages, its posts, and the post that follows them.

    Pages are cut by the posts that are not held; those held that the viewer may see stand among them. One query, two
    for a thread that `has_held`. Raises Http404 when there is no such page.
    """
    page = page_at(thread, number)
    rows = _rows(viewer).filter(thread=thread, is_held=False, number__gte=first_number_on(thread, page))
    found = list(rows.order_by("number")[: POSTS_PER_PAGE + 1])
    posts, following = found[:POSTS_PER_PAGE], found[POSTS_PER_PAGE] if len(found) > POSTS_PER_PAGE else None
    if getattr(thread, "has_held", False):
        posts = with_held(viewer, thread, page, posts, following.number if following else 0)
    for post in posts:
        post.thread = thread
    return page, posts, following


def with_held(viewer: Viewer, thread: Thread, page: "Page[int]", posts: list[Post], following: int) -> list[Post]:
    """Return the posts of a page with the held ones that the viewer may see among them; one query.

    `following` is the number of the post that begins the next page, 0 on the last one.
    """
    rows = _rows(viewer).filter(thread=thread, is_held=True).select_related("hold").order_by("number")
    held = readable_posts(viewer, rows).filter(number__gt=posts[0].number if posts and page.number > 1 else 0)
    held = held.filter(number__lt=following) if following else held
    among = list(held[:HELD_SHOWN])
    for post in among:
        post.thread = thread
    return sorted([*posts, *among], key=_number)


def _number(post: Post) -> int:
    return post.number


def _post_rows(pk: int, *user: int) -> QuerySet[Post]:
    rows = Post.objects.select_related(
        "thread__board", "thread__city__rules", "thread__author", "author", "addressed__author", "hold"
    )
    return _with_marks(rows, user[0] if user else None).filter(pk=pk)


_post = Prepared(_post_rows)


def get_post(viewer: Viewer, pk: int, *, readable: bool = True) -> Post:
    """Return a post with thread, board and city; raise Http404 when the viewer may not see it.

    With `readable=False` a post whose text is hidden from the viewer is returned too (its tombstone is known).
    """
    found = _post(pk, *([viewer.user.pk] if viewer.user else []))
    if not found or not (can_see_post if readable else _can_see_place)(viewer, found[0]):
        raise Http404("No such post")
    post = found[0]
    post.thread.board.city = post.thread.city
    return post


def _can_see_place(viewer: Viewer, post: Post) -> bool:
    # Of a held post nobody else knows.
    return can_see_post(viewer, post) if post.is_held else can_see_thread(viewer, post.thread)


# Where no number is missing the number says it; else the shorter end of the thread is counted.
_BEFORE = """
SELECT CASE WHEN t.posts_count = t.last_number THEN %s - 1
WHEN t.last_number < 2 * %s THEN
    t.posts_count - (SELECT COUNT(*) FROM forum_post WHERE thread_id = t.id AND number >= %s AND NOT is_held)
ELSE (SELECT COUNT(*) FROM forum_post WHERE thread_id = t.id AND number < %s AND NOT is_held) END
FROM forum_thread t WHERE t.id = %s
"""


def page_number_of(post: Post) -> int:
    """Return the number of the thread's page on which the post stands; one query."""
    [(before,)] = execute(_BEFORE, [*[post.number] * 4, post.thread_id])
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
