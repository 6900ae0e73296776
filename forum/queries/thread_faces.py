"""The face of a thread's page: what everybody who may read it sees alike, to be kept while nothing of it changes."""

from copy import copy
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
from forum.queries.posts import POSTS_PER_PAGE, first_number_on
from forum.queries.prints import print_of
from forum.queries.recommendations import first_recommenders
from forum.queries.thread_lists import ListPlace
from forum.queries.threads import PERSON, Neighbours, acts_between, beside, neighbours_in

# Of a post a page needs neither what marks its form nor where it came from.
_POST: Final = [
    one.name for one in Post._meta.concrete_fields if one.name not in ("submission", "source_id", "renderer_version")
]


@dataclass(frozen=True, slots=True)
class Written:
    """What is written on a page of a thread, whatever becomes of the thread around it.

    `posts` are those that are not held, and know nothing of their thread; `following` is the number of the next one.
    `names` has the first of those who recommend each, `prints` what changes with a post or its recommenders, by id;
    `people` are those who wrote or recommend them, by id.
    """

    posts: list[Post]
    following: int
    names: dict[int, list[User]]
    prints: dict[int, int]
    people: frozenset[int]


@dataclass(slots=True)
class ThreadFace:
    """What stands on a page of a thread, whoever looks. Nothing in it is ever changed: others look at it as well.

    `posts` are those that are not held; `held_by` says whose posts are (they see them, as officers do). `following` is
    the number of the first one on the next page, 0 on the last page. `events` are the acts in its course, `former` the
    numbers whose posts have left. `print` changes with what the page shows around the posts, counters and the excerpt
    aside; `prints` has that of each post with its recommenders, by id, and `print_of_posts` that of all with the
    offices of their authors, and with the acts among them. `people` are those who wrote or recommend them, by id.
    `kinds` has one post of each kind, with the office of its author in the city.
    """

    thread: Thread
    neighbours: Neighbours
    numbers: "Page[int]"
    posts: list[Post]
    following: int
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


def thread_at(pk: int, place: ListPlace) -> Thread:
    """Return a thread with its neighbours in the list; raise Http404 for one that is not there for anybody.

    One query. Who may see it is still to be asked.
    """
    threads = _thread(pk, timezone.now(), shape=(place.sort,))
    if not threads:
        raise Http404("No such thread")
    thread: Any = threads[0]
    thread.board.city = thread.city  # the same row, so that asking the board costs no query
    lasts_until(thread.pins_end)
    return thread


def is_whole(thread: Thread) -> bool:
    """Return whether no number of a thread is missing, so that each page has its stretch of numbers for itself."""
    return thread.posts_count == thread.last_number


def written_on(thread: Thread, page: "Page[int]") -> Written:
    """Return what is written on a page of a thread. Two queries at most; one more where numbers are missing."""
    found = _posts(thread.pk, first_number_on(thread, page), POSTS_PER_PAGE + 1)
    posts, following = found[:POSTS_PER_PAGE], found[POSTS_PER_PAGE].number if len(found) > POSTS_PER_PAGE else 0
    names = first_recommenders([post.pk for post in posts if post.recommendations_count])
    prints = {post.pk: _print_of_post(post, names.get(post.pk, [])) for post in posts}
    people = {one.author_id for one in posts} | {one.pk for some in names.values() for one in some}
    return Written(posts, following, names, prints, frozenset(people))


def thread_face(thread: Any, page: "Page[int]", officers: list[Membership], written: Written) -> ThreadFace:
    """Return the face of a page of a thread, made of a thread with its neighbours, and of what is written there.

    Who may see the thread, its hidden posts and the acts in it is still to be asked. One query for a thread with held
    posts, one where posts have left, and one where something was done to the thread: where an act stands depends on all
    posts before it.
    """
    posts = [_in_thread(thread, post) for post in written.posts]
    first = posts[0].number if posts and page.number > 1 else 0
    following = written.following
    if is_whole(thread):  # what is written may have been read before another page began
        following = page.number * POSTS_PER_PAGE + 1 if page.has_next() else 0
    events = acts_between(thread, first, following) if thread.has_acts else []
    roles = {one.user_id: one.role for one in officers}
    offices = [roles.get(post.author_id, "") for post in posts]
    kinds = {kind_of(post, office): (post, office) for post, office in zip(posts, offices, strict=True)}
    return ThreadFace(
        thread=thread,
        neighbours=neighbours_in(thread),
        numbers=page,
        posts=posts,
        following=following,
        officers=officers,
        names=written.names,
        events=events,
        former=former_between(thread, first, following),
        held_by=_held_by(thread) if thread.holds else frozenset(),
        print=print_of([thread, thread.author, thread.city, thread.board, *officers, *(one.user for one in officers)]),
        prints=written.prints,
        print_of_posts=print_of(_shown_of(events), *written.prints.values(), *offices),
        people=written.people,
        kinds=list(kinds.values()),
    )


def _in_thread(thread: Thread, post: Post) -> Post:
    """Return the post as one of this thread; that which was read remains as it is."""
    here = Post.__new__(Post)
    vars(here).update(vars(post))
    here._state = copy(post._state)
    here._state.fields_cache = {**post._state.fields_cache, "thread": thread}
    return here


def _shown_of(events: list[Event]) -> list[Model]:
    """Return the acts with all that they name."""
    named = ((one, one.actor, one.person, one.board, one.city) for one in events)
    return [row for rows in named for row in rows if row is not None]


def weight_of(face: ThreadFace) -> int:
    """Return how many bytes of memory a face takes, about, besides what is written on it."""
    return 20_000 + 1_500 * len(face.posts)


def weight_of_written(written: Written) -> int:
    """Return how many bytes of memory what is written on a page takes, about."""
    return 1_000 + 5_000 * len(written.posts) + 2 * sum(len(post.html) + len(post.body) for post in written.posts)


def _held_by(thread: Thread) -> frozenset[int]:
    return frozenset(Post.objects.filter(thread=thread, is_held=True).values_list("author", flat=True))


def _print_of_post(post: Post, names: list[User]) -> int:
    addressed = [post.addressed, post.addressed.author] if post.addressed else []
    # Their number stands under the post, where not all names do.
    return print_of([post, post.author, *addressed, *names], post.recommendations_count)
