"""The face of a thread's page: what everybody who may read it sees alike, to be kept while nothing of it changes."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page
from django.db.models import Exists, Min, Model, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from accounts.lasting import lasts_until
from accounts.models import User
from accounts.prepared import Prepared
from forum.models import Event, FormerNumber, Membership, Post, Thread
from forum.queries.numbers import former_between
from forum.queries.post_rights import kind_of
from forum.queries.posts import POSTS_PER_PAGE, first_number_on, page_at
from forum.queries.recommendations import first_recommenders
from forum.queries.thread_lists import ListPlace
from forum.queries.threads import PERSON, Neighbours, acts_between, beside, neighbours_in, officers_of

# Of a post a page needs neither what marks its form nor where it came from.
_POST: Final = [
    one.name for one in Post._meta.concrete_fields if one.name not in ("submission", "source_id", "renderer_version")
]
# What changes often, and is told apart by the keys of the few parts that show it; and what is no column.
_APART: Final = frozenset(
    {
        "_state",
        "excerpt",
        "views_count",
        "replies_count",
        "recommendations_count",
        "posts_count",
        "last_number",
        "threads_count",
    }
    | {"last_post_at", "last_author_id", "last_activity_at", "writers_count", "above", "below"}
)


@dataclass(slots=True)
class ThreadFace:
    """What stands on a page of a thread, whoever looks. Nothing in it is ever changed: others look at it as well.

    `posts` are those that are not held; `held_by` says whose posts are (they see them, as officers do). `events` are
    the acts in its course, `former` the numbers whose posts have left. `print` changes with what the page shows around
    the posts, counters and the excerpt aside; `prints` has that of each post with its recommenders, by id, and
    `print_of_posts` that of all with the acts among them. `people` are those who wrote or recommend them, by id.
    `kinds` has one post of each kind, with the office of its author in the city.
    """

    thread: Thread
    neighbours: Neighbours
    numbers: "Page[int]"
    posts: list[Post]
    following: Post | None
    officers: list[Membership]
    names: dict[int, list[User]]
    events: list[Event]
    former: list[FormerNumber]
    held_by: frozenset[int]
    print: int
    prints: dict[int, int]
    print_of_posts: int
    people: frozenset[int]
    kinds: list[tuple[Post, str]]


def _thread_rows(sort: str, thread: int, at: datetime) -> QuerySet[Thread]:
    pins = Thread.objects.filter(board=OuterRef("board"), is_pinned=True, pinned_until__gt=at).order_by()
    return (
        Thread.objects.filter(pk=thread, merged_into=None)
        .select_related("board", "city__rules", "author", "poll")
        .annotate(
            above=beside(sort, at, above=True),
            below=beside(sort, at, above=False),
            has_acts=Exists(Event.objects.filter(thread=OuterRef("pk"), in_thread=True)),
            holds=Exists(Post.objects.filter(thread=OuterRef("pk"), is_held=True)),
            pins_end=Subquery(pins.values("board").annotate(first=Min("pinned_until")).values("first")),
        )
    )


def _post_rows(thread: int, first: int, count: int) -> QuerySet[Post]:
    rows = Post.objects.filter(thread=thread, is_held=False, number__gte=first).order_by("number")
    people = [f"{way}__{name}" for way in ("author", "addressed__author") for name in PERSON]
    rows = rows.select_related("author", "addressed__author")
    return rows.only(*_POST, "addressed__number", "addressed__thread", "addressed__author", *people)[:count]


_thread = Prepared(_thread_rows)
_posts = Prepared(_post_rows)


def thread_face(pk: int, *, number: int, place: ListPlace) -> ThreadFace:
    """Return the face of page `number` of a thread; raise Http404 for a thread or page that is not there for anybody.

    Who may see the thread, its hidden posts and the acts in it is still to be asked. Four queries at most; one more for
    a thread with held posts, one where posts have left, and one where something was done to the thread: where an act
    stands depends on all posts before it.
    """
    threads = _thread(pk, timezone.now(), shape=(place.sort,))
    if not threads:
        raise Http404("No such thread")
    thread: Any = threads[0]
    thread.board.city = thread.city  # the same row, so that asking the board costs no query
    lasts_until(thread.pins_end)
    page = page_at(thread, number)
    found = _posts(pk, first_number_on(thread, page), POSTS_PER_PAGE + 1)
    posts, following = found[:POSTS_PER_PAGE], found[POSTS_PER_PAGE] if len(found) > POSTS_PER_PAGE else None
    for post in posts:
        post.thread = thread
    first = posts[0] if posts and page.number > 1 else None
    officers = officers_of(thread.city_id)
    names = first_recommenders([post.pk for post in posts if post.recommendations_count])
    events = acts_between(thread, first, following) if thread.has_acts else []
    roles = {one.user_id: one.role for one in officers}
    kinds = {kind_of(post, role): (post, role) for post in posts for role in [roles.get(post.author_id, "")]}
    prints = {post.pk: _print_of_post(post, names.get(post.pk, [])) for post in posts}
    return ThreadFace(
        thread=thread,
        neighbours=neighbours_in(thread),
        numbers=page,
        posts=posts,
        following=following,
        officers=officers,
        names=names,
        events=events,
        former=former_between(thread, first, following),
        held_by=_held_by(thread) if thread.holds else frozenset(),
        print=print_of([thread, thread.author, thread.city, thread.board, *officers, *(one.user for one in officers)]),
        prints=prints,
        print_of_posts=print_of([one for event in events for one in _shown_of(event)], *prints.values()),
        people=frozenset({one.author_id for one in posts} | {one.pk for some in names.values() for one in some}),
        kinds=list(kinds.values()),
    )


def _shown_of(event: Event) -> list[Model]:
    return [event, *(one for one in (event.actor, event.person, event.board, event.city) if one is not None)]


def weight_of(face: ThreadFace) -> int:
    """Return how many bytes of memory a face takes, about."""
    texts = sum(len(post.html) + len(post.body) for post in face.posts)
    return 20_000 + 5_000 * len(face.posts) + 2 * texts


def _held_by(thread: Thread) -> frozenset[int]:
    return frozenset(Post.objects.filter(thread=thread, is_held=True).values_list("author", flat=True))


def _print_of_post(post: Post, names: list[User]) -> int:
    addressed = [post.addressed, post.addressed.author] if post.addressed else []
    # Their number stands under the post, where not all names do.
    return print_of([post, post.author, *addressed, *names], post.recommendations_count)


def print_of(rows: Iterable[Model], *others: Hashable) -> int:
    """Return what changes whenever anything that was loaded of the rows does, what is told apart aside; or the others.

    Python's hash, of 64 bits, that of texts by a key of this process: nobody outside can make two that are the same.
    """
    return hash((others, *(_loaded(row) for row in rows)))


def _loaded(row: Model) -> Hashable:
    return tuple(
        (name, repr(value) if isinstance(value, dict | list) else value)
        for name, value in vars(row).items()
        if name not in _APART
    )
