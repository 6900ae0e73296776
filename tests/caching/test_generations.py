"""Generations: they grow by what changes a page, by nothing else, and no page changes without them."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from forum import events
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply, edit_post
from forum.actions.recommendations import recommend_post
from forum.actions.threads import create_thread
from forum.caching import pieces, scopes
from forum.caching.generations import board_scopes, city_scopes, generation, thread_scopes
from forum.caching.keeping import Kept, everywhere, kept_of
from forum.caching.scopes import EVERYWHERE, SITE, Scope
from forum.events.kinds import KINDS
from forum.models import Board, Membership, Post, Thread
from forum.queries.posts import POSTS_PER_PAGE
from tests.caching.deeds import DEEDS
from tests.world import World

type Page = tuple[bytes, Kept]

# Not those that depend on all that happens anywhere.
PAGES = ("/c/stoneferry/", "/c/stoneferry/b/general/", "/t/{thread}/", "/t/{other}/", "/c/hilltop/")


def places_of(world: World, other: Thread) -> dict[str, Scope]:
    """Return the scopes of the world by short names; `far…` are those of the other city."""
    far = Board.objects.get(city=world.hilltop)
    return {
        "site": SITE,
        "everywhere": EVERYWHERE,
        "city": scopes.city(world.stoneferry.pk),
        "news": scopes.news(world.stoneferry.pk),
        "general": scopes.board(world.general.pk),
        "letters": scopes.board(world.letters.pk),
        "thread": scopes.thread(world.thread.pk),
        "other": scopes.thread(other.pk),
        "far-face": scopes.city(world.hilltop.pk),
        "far": scopes.news(world.hilltop.pk),
        "far-board": scopes.board(far.pk),
    }


def generations(places: dict[str, Scope]) -> dict[str, int]:
    """Return the generation of each place."""
    generation([])  # in a transaction that writes on, those count who look as everybody does
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, key, SUM(number) FROM forum_generation GROUP BY kind, key")
        known = {(kind, key): int(number) for kind, key, number in cursor.fetchall()}
    return {name: known.get(scope, 0) for name, scope in places.items()}


def grown(before: dict[str, int], after: dict[str, int]) -> set[str]:
    assert all(after[name] >= before[name] for name in before)
    return {name for name in before if after[name] > before[name]}


def page_at(address: str) -> Page:
    """Return what a visitor finds at an address, and how long it holds; what nobody keeps, as if it were kept."""
    pieces.shelf.clear()
    unkept = Kept(*everywhere()[:2])
    response = Client().get(address)
    return response.content, kept_of(response) or unkept


def changed_unnoticed(before: Page, after: Page) -> bool:
    """Return whether a page became another while what was kept of it would have been shown on."""
    (old, kept), (new, _now) = before, after
    is_over = kept.until is not None and kept.until <= timezone.now()
    return old != new and not is_over and kept.generation == generation(kept.scopes)


@pytest.mark.parametrize("family", DEEDS)
def test_a_deed_grows_what_it_changes_and_changes_no_page_unnoticed(world: World, family: str) -> None:
    other = create_thread(world.letters, by=world.cai, title="Another thread", body="Of something else.")
    Membership.objects.update(joined_at=timezone.now() - timedelta(days=400))  # who may call a vote
    places, here = places_of(world, other), {"other": other}
    seen = {path: page_at(path) for path in (page.format(thread=world.thread.pk, other=other.pk) for page in PAGES)}
    for deed in DEEDS[family]:
        expected = set(deed.grown.split())
        touched = {places[name] for name in expected}
        left = [path for path, (_content, kept) in seen.items() if not touched & set(kept.scopes)]
        seen |= {path: page_at(path) for path in left if seen[path][1].generation != generation(seen[path][1].scopes)}
        before = generations(places)
        with transaction.atomic():
            deed.do(world, here)
        assert (deed.name, grown(before, generations(places))) == (deed.name, expected)
        assert (deed.name, [path for path in left if changed_unnoticed(seen[path], page_at(path))]) == (deed.name, [])


def test_every_event_is_news_and_stands_in_its_thread_when_its_kind_says_so(world: World) -> None:
    places = places_of(world, world.thread)
    for kind, meaning in KINDS.items():
        before = generations(places)
        with transaction.atomic():
            event = events.record(kind, by=world.mei, thread=world.thread)
        expected = {"everywhere", "news"} | ({"thread", "other"} if event.in_thread else set())
        assert (kind, grown(before, generations(places))) == (kind, expected)
        assert event.in_thread == meaning.in_thread


def test_what_is_rolled_back_grows_nothing(world: World) -> None:
    places = places_of(world, world.thread)
    before = generations(places)
    with transaction.atomic():
        Thread.objects.update(title="Rolled back")
        assert "thread" in grown(before, generations(places))
        transaction.set_rollback(True)
    assert generations(places) == before


def test_a_second_course_of_events_never_reaches_the_numbers_of_one_that_was_rolled_back(world: World) -> None:
    reached = set()
    for _course in range(5):
        with transaction.atomic():
            Thread.objects.filter(pk=world.thread.pk).update(title=f"Course {_course}")
            reached.add(generation([scopes.thread(world.thread.pk)]))
            transaction.set_rollback(True)
    assert len(reached) == 5


def test_each_statement_of_a_transaction_counts(world: World) -> None:
    scope, seen = scopes.thread(world.thread.pk), []
    with transaction.atomic():
        for number in range(4):
            Thread.objects.filter(pk=world.thread.pk).update(title=f"Title {number}")
            seen.append(generation([scope]))
    assert seen == sorted(set(seen))


def test_writing_the_same_again_grows_nothing(world: World) -> None:
    places = places_of(world, world.thread)
    before = generations(places)
    for row in (world.stoneferry, world.general, Thread.objects.get(), Post.objects.get(number=2), world.coco):
        type(row).objects.get(pk=row.pk).save()
    assert generations(places) == before


def test_views_grow_nothing(world: World) -> None:
    places = places_of(world, world.thread)
    before = generations(places)
    Thread.objects.update(views_count=F("views_count") + 1)
    assert generations(places) == before


def test_many_rows_written_at_once_grow_the_scopes_of_each(world: World) -> None:
    other = create_thread(world.letters, by=world.cai, title="Another thread", body="Of something else.")
    places = places_of(world, other)
    before = generations(places)
    Thread.objects.update(language="la")
    assert grown(before, generations(places)) == set("everywhere news general letters thread other".split())


def test_a_post_that_changes_its_thread_grows_both(world: World) -> None:
    other = create_thread(world.letters, by=world.cai, title="Another thread", body="Of something else.")
    places = places_of(world, other)
    before = generations(places)
    Post.objects.filter(pk=world.reply.pk).update(thread=other, number=9)
    assert grown(before, generations(places)) == set("everywhere news thread other".split())


def _stretches(world: World, post: Post, *pages: int) -> dict[str, Scope]:
    """Return the stretches of a post's thread, and that of another thread in which the post is answered."""
    other = create_thread(world.letters, by=world.cai, title="Another thread", body="Of something else.")
    Post.objects.filter(thread=other).update(addressed=post)
    return {"answer": scopes.stretch(other.pk, 1)} | {str(page): scopes.stretch(post.thread_id, page) for page in pages}


def test_what_becomes_of_a_post_grows_its_stretch_and_no_other(world: World) -> None:
    last = add_reply(world.thread, by=world.coco, body="The last of the first page.")
    Post.objects.filter(pk=last.pk).update(number=20)
    Thread.objects.filter(pk=world.thread.pk).update(last_number=20)
    places = _stretches(world, last, 1, 2)
    for name, (deed, expected) in {
        "an edit": (lambda: edit_post(Post.objects.get(pk=last.pk), by=world.coco, base=1, body="Said anew."), {"1"}),
        "a recommendation": (lambda: recommend_post(Post.objects.get(pk=last.pk), by=world.cai), {"1"}),
        "a reply on the next page": (lambda: add_reply(world.thread, by=world.coco, body="The next page."), {"2"}),
        "a title": (lambda: Thread.objects.update(title="Another title"), set()),
        "another number": (lambda: Post.objects.filter(pk=last.pk).update(number=30), {"1", "2", "answer"}),
        "another author": (lambda: Post.objects.filter(pk=last.pk).update(author=world.rita), {"2", "answer"}),
        "no text": (lambda: hide_post(Post.objects.get(pk=last.pk), by=world.mei, reason="a test"), {"2"}),
    }.items():
        before = generations(places)
        with transaction.atomic():
            deed()
        assert (name, grown(before, generations(places))) == (name, expected)


def test_who_is_answered_shows_in_other_threads_too(world: World) -> None:
    places = _stretches(world, world.reply)
    before = generations(answer := {"answer": scopes.thread(places["answer"].key // scopes.STRETCHES)})
    Post.objects.filter(pk=world.reply.pk).update(author=world.rita)
    assert grown(before, generations(answer)) == {"answer"}


def test_a_stretch_has_as_many_posts_as_a_page() -> None:
    assert scopes.POSTS == POSTS_PER_PAGE


def test_scopes_of_pages_come_with_the_generation_of_all_of_them(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    city, news = scopes.city(world.stoneferry.pk), scopes.news(world.stoneferry.pk)
    board, thread = scopes.board(world.general.pk), scopes.thread(world.thread.pk)
    with django_assert_num_queries(3):
        found = thread_scopes(world.thread.pk), board_scopes("stoneferry", "general"), city_scopes("stoneferry")
    expected = ((SITE, city, board, thread), (SITE, city, board), (SITE, city, news))
    with django_assert_num_queries(3):
        assert tuple(one[:2] for one in found if one) == tuple((places, generation(places)) for places in expected)


def test_what_does_not_exist_has_no_scopes(world: World) -> None:
    assert thread_scopes(0) is None
    assert board_scopes("stoneferry", "nowhere") is None
    assert board_scopes("nowhere", "general") is None
    assert city_scopes("nowhere") is None
    assert generation([scopes.thread(0)]) == generation([]) == 0


def test_no_look_at_a_generation_walks_through_a_table(world: World) -> None:
    with connection.cursor() as cursor:
        for name, ask in {
            "generation": lambda: generation(scopes.thread(number) for number in range(4)),
            "thread": lambda: thread_scopes(world.thread.pk),
            "board": lambda: board_scopes("stoneferry", "general"),
            "city": lambda: city_scopes("stoneferry"),
        }.items():
            plan = _plan_of(ask, cursor)
            assert (name, [line for line in plan if "Seq Scan" in line or line.startswith("SCAN forum")]) == (name, [])


def _plan_of(ask, cursor) -> list[str]:
    asked: list[tuple[str, tuple[object, ...]]] = []

    def listen(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        ask()
    [(sql, params)] = asked
    if connection.vendor == "postgresql":
        cursor.execute("SET LOCAL enable_seqscan = off")  # of a table of few rows it would like nothing better
    cursor.execute(f"{'EXPLAIN' if connection.vendor == 'postgresql' else 'EXPLAIN QUERY PLAN'} {sql}", params)
    return [str(row[-1]).strip(" ->") for row in cursor.fetchall()]
