"""What must hold in a city whatever was done in it, each as a function that fails when it does not."""

import re
from typing import Any

from accounts.models import User
from forum.events.verifying import verify_city
from forum.models import Appeal, Board, Case, City, Event, FormerNumber, Hold, Post, Report, Sanction, Thread, Watch
from forum.permissions.posts import can_see_post
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_see_thread
from forum.queries.numbers import post_at
from forum.search.find import find
from forum.search.parsing import parse
from tests.actions.conftest import numbers_equal_their_recount
from tests.clients import browser, text_of
from tests.world import World

type Numbers = dict[tuple[int, int], int]

UNIQUE = re.compile(r"unique\d{3}x")
MARKS = (
    "is_pinned",
    "pinned_until",
    "is_locked",
    "is_featured",
    "is_hidden",
    "is_held",
    "posts_count",
    "replies_count",
)
ONCE = {
    "case": ("case.upheld", "case.dismissed"),
    "hold": ("post.refused",),
    "appeal": ("appeal.granted", "appeal.refused"),
}


def numbers_given() -> Numbers:
    """Return thread and number → post, as posts and former numbers say; fail when two say different things."""
    known: Numbers = {}
    for rows in (
        Post.objects.values_list("thread", "number", "pk"),
        FormerNumber.objects.values_list("thread", "number", "post"),
    ):
        for thread, number, post in rows:
            assert (thread, number) not in known
            known[thread, number] = post
    return known


def picture() -> object:
    """Return how the city stands: what undoing an act must bring back as it was."""
    live = Thread.objects.filter(merged_into=None)
    posts = ("thread", "number", "author", "title", "body", "is_hidden", "is_held", "recommendations_count")
    return [
        list(live.order_by("pk").values_list("pk", "board", "author", "title", "excerpt", *MARKS)),
        list(Post.objects.order_by("pk").values_list("pk", *posts)),
        list(Board.objects.order_by("pk").values_list("pk", "threads_count", "posts_count", "position")),
        list(City.objects.order_by("pk").values_list("pk", "threads_count", "posts_count")),
        list(Sanction.objects.in_force().order_by("person", "kind", "pk").values_list("person", "kind", "pk")),
        sorted(Watch.objects.filter(thread__in=live).values_list("thread", "user", "level")),
        sorted(Event.objects.filter(is_private=True, kind__startswith="post.hid").values_list("pk", flat=True)),
    ]


def stored_numbers_are_right() -> None:
    """Fail when a number is missing in a thread, a merged thread is not empty, or a count is not its recount."""
    known = numbers_given()
    for thread in Thread.objects.all():
        own = [number for pk, number in known if pk == thread.pk]
        assert sorted(own) == list(range(1, thread.last_number + 1))
        assert thread.merged_into_id is None or (thread.is_hidden and thread.posts_count == 0)
        assert thread.merged_into_id is not None or Post.objects.filter(thread=thread, number=1).exists()
    assert not Post.objects.filter(is_held=True, is_hidden=False).exists()
    numbers_equal_their_recount()


def what_waits_is_decided_once() -> None:
    """Fail when a case, a held post or an appeal was decided twice, or by whom it concerns."""
    for name, kinds in ONCE.items():
        decided = [event.data[name] for event in Event.objects.filter(kind__in=kinds)]
        assert len(decided) == len(set(decided)), name
    for case in Case.objects.all():
        waiting = case.reports.filter(state=Report.State.WAITING).count()
        assert bool(waiting) == (case.state == Case.State.OPEN)
    for appeal in Appeal.objects.exclude(decided_by=None).select_related("decision"):
        assert appeal.decided_by_id not in (appeal.person_id, appeal.decision.actor_id)
    for hold in Hold.objects.select_related("post"):
        assert hold.post.is_held == (hold.state != Hold.State.APPROVED)
        assert hold.decided_by_id != hold.post.author_id


def the_chain_is_whole(city: City) -> None:
    """Fail when a row of the city's chain is not as the program left it."""
    found = verify_city(city)
    assert found.is_whole, found.faults


def _seen_by(person: User | None) -> set[int]:
    """Return the posts whose text the person may see."""
    viewer = Viewer.of(person)
    return {post.pk for post in Post.objects.select_related("thread__city") if can_see_post(viewer, post)}


def search_finds_what_is_seen(world: World, word: str) -> None:
    """Fail when somebody finds with a word more or less than the posts with it that they may see."""
    said = set(Post.objects.filter(body__contains=word).values_list("pk", flat=True))
    for person in (None, world.cai, world.mei):
        results = find(Viewer.of(person), parse(word), order="date", size=1000)
        found = {hit.post.pk for group in results.groups for hit in group.hits}
        assert found & said == _seen_by(person) & said, f"what {person} finds"


def pages_are_right(world: World, known: Numbers) -> None:
    """Fail when an address that was ever good does not lead where it should, or a page shows what one may not see."""
    posts = Post.objects.select_related("thread__city").in_bulk()
    for person in (None, world.cai, world.mei):
        pages = _thread_pages(person)
        if person != world.cai:
            _check_addresses(person, posts, pages, known)
        if person is None:
            city = "/c/stoneferry/"
            for page in ("/", city, f"{city}b/general/", f"{city}b/letters/", f"/feeds{city}", "/u/cai/", "/u/coco/"):
                pages[page] = browser(person).get(page)
        _check_words(person, pages)


def _thread_pages(person: User | None) -> dict[str, Any]:
    client = browser(person)
    return {f"/t/{pk}/": client.get(f"/t/{pk}/") for pk in Thread.objects.values_list("pk", flat=True)}


def _check_addresses(person: User | None, posts: dict[int, Post], pages: dict[str, Any], known: Numbers) -> None:
    client, viewer = browser(person), Viewer.of(person)
    threads = Thread.objects.select_related("city").in_bulk()
    for thread in threads.values():
        opener = posts[known[thread.pk, 1]]
        seen = can_see_thread(viewer, opener.thread if thread.merged_into_id else thread)
        leads = 302 if thread.merged_into_id else 200
        assert pages[f"/t/{thread.pk}/"].status_code == (leads if seen else 404), f"thread {thread.pk} for {person}"
    for post in posts.values():
        answer, here = client.get(f"/p/{post.pk}/"), f"/t/{post.thread_id}/"
        is_known = can_see_post(viewer, post) if post.is_held else can_see_thread(viewer, post.thread)
        assert answer.status_code == (302 if is_known else 404), f"post {post.pk} for {person}"
        if is_known and post.number <= 20:
            assert answer["Location"] == f"{here}#p{post.number}"
            assert f'id="p{post.number}"' in text_of(pages[here])
    for (thread_id, number), post_id in known.items():
        thread, post = threads[thread_id], posts[post_id]
        is_shown = number <= 20 and thread.merged_into_id is None and can_see_thread(viewer, thread)
        if is_shown and not post.is_held:
            assert f'id="p{number}"' in text_of(pages[f"/t/{thread_id}/"])
        if not (post.is_held and post.thread_id == thread_id):
            found = post_at(thread, number)
            assert found and found.pk == post_id


def _check_words(person: User | None, pages: dict[str, Any]) -> None:
    seen, words = _seen_by(person), {post.pk: set(UNIQUE.findall(post.body)) for post in Post.objects.all()}
    hidden = set[str]().union(*(words[pk] for pk in words.keys() - seen))
    for address, answer in pages.items():
        shown = hidden & set(UNIQUE.findall(text_of(answer)))
        assert not shown, f"{address} shows {person} {shown}"
