"""Prepared queries: they find what their querysets find, and are compiled once for each form."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DataError, connection
from django.db.models import Case, F, Model, QuerySet, Value, When
from django.db.models.functions import Concat
from django.db.models.signals import post_init
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.prepared import REMEMBERED, Prepared, Remembered
from forum.actions import drafts, posts, texts
from forum.actions import recommendations as recommendations_given
from forum.actions.applications import apply_to_city
from forum.actions.blocks import block_person
from forum.actions.city_life import recommend_city
from forum.actions.drafts import save_draft
from forum.actions.moderation import lock_thread
from forum.actions.notices import post_notice
from forum.actions.pinning import pin_thread
from forum.actions.posts import add_reply
from forum.actions.recommendations import recommend_post
from forum.actions.threads import create_thread
from forum.actions.watches import watch_place
from forum.models import City, Event, Post, Thread
from forum.notifying import delivering, watchers, who
from forum.queries import (
    board_faces,
    city_faces,
    memberships,
    notices,
    own,
    own_lists,
    recommendations,
    site_pages,
    thread_faces,
    threads,
)
from forum.queries import posts as queries_of_posts
from tests.world import World


def _plain(rows: list[Any]) -> list[Any]:
    """Return rows as they can be compared: of models what was loaded of them and of what came along."""
    return [_loaded(row) if isinstance(row, Model) else row for row in rows]


def _loaded(row: Model | None) -> Any:
    if row is None:
        return None
    along = {name: _loaded(one) for name, one in row._state.fields_cache.items()}
    return {name: value for name, value in vars(row).items() if name != "_state"} | {"along": along}


def _same(prepared: Prepared[Any], *values: Any, shape: tuple[Any, ...] = ()) -> list[Any]:
    said = _plain(list(prepared.build(*shape, *values)))
    for _turn in range(2):
        assert _plain(prepared(*values, shape=shape)) == said
    with connection.execute_wrapper(lambda execute, *arguments: execute(*arguments)):
        assert _plain(prepared(*values, shape=shape)) == said  # who listens to queries has them asked by Django
    return prepared(*values, shape=shape)


def test_what_a_page_of_a_thread_asks_is_found_as_its_querysets_say(world: World) -> None:
    now, thread, posts = timezone.now(), world.thread.pk, (world.opener.pk, world.reply.pk)
    recommend_post(world.reply, by=world.dan)
    recommend_post(world.opener, by=world.coco)
    lock_thread(world.thread, by=world.mei)
    for sort in ("active", "new", "recommended", "views"):
        assert _same(thread_faces._thread, thread, now, shape=(sort,))
    assert [post.number for post in _same(thread_faces._posts, thread, 1, 21)] == [1, 2]
    assert [post.number for post in _same(thread_faces._posts, thread, 2, 1)] == [2]
    assert len(_same(threads._officers, world.stoneferry.pk, now)) == 2
    assert _same(threads._officers, 0, now) == []
    for shape in ((False, False), (True, False), (False, True), (True, True)):
        _same(threads._acts, thread, 1, 2, shape=shape)
    assert len(_same(threads._acts, thread, 0, 0, shape=(False, False))) == 1
    assert len(_same(recommendations._first, *posts, shape=(2,))) == 2


def test_what_a_thread_is_to_its_reader_is_found_as_its_queryset_says(world: World) -> None:
    thread, since, day_ago = world.thread.pk, timezone.now() - timedelta(days=9), timezone.now() - timedelta(days=1)
    recommend_post(world.reply, by=world.dan)
    save_draft(world.thread, by=world.dan, body="Perhaps")
    block_person(world.cai, by=world.dan)
    opener, reply = world.opener.pk, world.reply.pk
    for counts in (False, True):
        [row] = _same(own._own, thread, world.dan.pk, since, day_ago, opener, reply, shape=(0, 2, counts))
        assert (row[0], row[1], row[3]) == (str(reply), None, 2)
        [row] = _same(own._own, thread, world.dan.pk, since, day_ago, world.cai.pk, reply, shape=(1, 1, counts))
        assert (row[0], row[3]) == (str(reply), 1)
        [row] = _same(own._own, thread, world.coco.pk, since, day_ago, reply, shape=(0, 1, counts))
        assert (row[0], row[1]) == (None, None)


def test_what_lists_ask_is_found_as_their_querysets_say(world: World) -> None:
    now, city, board = timezone.now(), world.stoneferry.pk, world.general.pk
    later, place = now + timedelta(days=1), (now, 9)
    pin_thread(world.thread, by=world.mei, until=later)
    other = create_thread(world.general, by=world.cai, title="Another", body="Some words.")
    assert len(_same(board_faces._board, "stoneferry", "general")) == 1
    assert _same(board_faces._ends, board, now) == [later]
    assert _same(board_faces._pinned, board, now) == [world.thread]
    for sort in ("active", "recommended"):
        [found] = _same(board_faces._threads, board, now, 24, shape=(sort, "", False))
        assert (found, found.has_pins, found.pins_end) == (other, True, later)
    for side in ("below", "above"):
        _same(board_faces._threads, board, now, 24, *place, shape=("active", side, False))
        _same(board_faces._threads, board, now, 24, 3, 9, shape=("views", side, False))
    assert _same(board_faces._threads, board, now, 24, later, 9, later, shape=("new", "below", True))
    assert _same(city_faces._city, "stoneferry") == [world.stoneferry]
    assert len(_same(city_faces._boards, city)) == 2
    assert len(_same(city_faces._threads, city, now)) == 2
    assert len(_same(city_faces._later, city, 9, later, 0)) == 2
    assert len(_same(memberships._newest, city, now)) == 4
    assert len(_same(memberships._officers, city, now)) == 2
    for shape, closed in (((False, 0), ()), ((True, 0), ()), ((False, 1), (city,))):
        assert len(_same(site_pages._newest, *closed, shape=shape)) == 2
        assert _same(site_pages._recommended, now - timedelta(days=9), *closed, shape=shape) == []
        assert len(_same(site_pages._cities, *closed, shape=shape)) == 2
    post_notice(world.stoneferry, by=world.mei, title="High water")
    assert len(_same(notices._in_force, now, city)) == 1
    assert _same(notices._in_force, now) == []


def test_what_lists_are_to_their_reader_is_found_as_their_querysets_say(world: World) -> None:
    since, dan, rita = timezone.now() - timedelta(days=9), world.dan.pk, world.rita.pk
    watch_place(world.general, by=world.dan)
    recommend_city(world.stoneferry, by=world.dan)
    apply_to_city(world.hilltop, by=world.rita, statement="I would like to climb.")
    city, board, ids = world.stoneferry.pk, world.general.pk, (world.thread.pk,) * 8
    assert _same(own_lists._unread, dan, since, *ids, shape=(0, 8)) == [(world.thread.pk, 2, True)]
    assert _same(own_lists._unread, dan, since, world.cai.pk, *ids, shape=(1, 8)) == [(world.thread.pk, 1, True)]
    assert dict(_same(own_lists._news, city, dan, since, shape=(0,)))[board] == 1
    assert _same(own_lists._city, city, dan) == [(None, True)]
    assert _same(own_lists._watch, board, dan) == [("all",)]
    assert len(_same(own_lists._application, world.hilltop.pk, rita)) == 1


def test_a_row_is_made_into_something_once_and_again_when_anything_in_it_has_changed(world: World) -> None:
    query = Remembered(lambda least: Thread.objects.filter(pk__gte=least).order_by("pk"), lambda row: [row], most=2)
    other = create_thread(world.general, by=world.cai, title="Another", body="Some words.")
    first, second = query.found(0)
    assert (first, second) == ([world.thread], [other])
    assert [one is known for one, known in zip(query.found(0), (first, second), strict=True)] == [True, True]
    assert query.found(other.pk) == [second] and query.found(2**70) == []
    Thread.objects.filter(pk=other.pk).update(title="Yet another")
    again, changed = query.found(0)
    assert again is first and changed is not second and changed[0].title == "Yet another"
    create_thread(world.general, by=world.cai, title="A third", body="Some words.")
    assert len(query.found(0)) == 3 and query._known.cache_info().currsize == 2


def _rows(_form: int, number: int, title: str, at: datetime, count: int) -> QuerySet[Thread]:
    rows = Thread.objects.filter(posts_count__gt=number, created_at__lt=at).exclude(title=title)
    return rows.order_by("pk")[:count]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(0, 3), title=st.text(max_size=9), days=st.integers(-400, 400), count=st.integers(1, 9))
def test_values_are_put_where_they_belong(db: None, number: int, title: str, days: int, count: int) -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(days=days)
    _same(PREPARED, number, title.replace("\0", ""), at, count, shape=(0,))


PREPARED = Prepared(_rows)


def test_what_a_reply_asks_is_found_as_its_querysets_say(world: World) -> None:
    mark, thread = uuid4(), world.thread
    post = add_reply(thread, by=world.coco, body="Is @dan there?", to=2, submission=mark)
    event = Event.objects.get(post=post)
    block_person(world.coco, by=world.rita)
    save_draft(thread, by=world.dan, body="Perhaps")
    assert _same(posts._locked_thread, thread.pk) == [thread]
    assert _same(posts._addressed, thread.pk, 2) == [world.reply]
    assert _same(queries_of_posts._post, post.pk) == _same(queries_of_posts._post, post.pk, world.dan.pk) == [post]
    assert _same(recommendations_given._locked_thread, thread.pk) == [thread.pk]
    assert _same(recommendations_given._locked_post, post.pk) == [post]
    assert len(_same(recommendations_given._revision, post.pk, 1, world.dan.pk)) == 1
    assert _same(texts._submitted, world.coco.pk, mark) == [post]
    assert _same(texts._submitted, world.coco.pk, uuid4()) == []
    assert _same(drafts._any_of, world.dan.pk) and not _same(drafts._any_of, world.rita.pk)
    assert _same(threads._thread, thread.pk) == [thread]
    assert _same(delivering._event, event.pk) == [event]
    assert [one.user for one in _same(who._mentions, post.pk)] == [world.dan]
    assert _same(watchers._blocks_of_one, world.coco.pk) == [(world.coco.pk, world.rita.pk)]
    places = thread.city_id, thread.board_id, thread.pk, world.coco.pk
    assert len(_same(watchers._watches, 9, *places, shape=(False,))) == 2
    assert len(_same(watchers._watches, 1, *places, shape=(False,))) == 1
    assert len(_same(watchers._watches, 9, *places, world.coco.pk, shape=(True,))) == 1


def test_a_query_is_compiled_once_for_each_of_its_forms(world: World) -> None:
    built: list[int] = []

    def build(form: int, thread: int) -> QuerySet[Post]:
        built.append(form)
        return Post.objects.filter(thread=thread)

    prepared = Prepared(build)
    for form in (1, 1, 2, 1):
        assert len(prepared(world.thread.pk, shape=(form,))) == 2
    assert prepared(0, shape=(1,)) == prepared(10**20, shape=(1,)) == []
    assert built == [1, 2]
    for form in range(REMEMBERED + 3):
        prepared(0, shape=(form,))
    assert len(prepared._compiled) == REMEMBERED


def test_a_query_that_can_find_nothing_asks_nothing(world: World, django_assert_num_queries: Any) -> None:
    prepared = Prepared(lambda thread: Post.objects.filter(thread=thread, pk__in=()))
    with django_assert_num_queries(0):
        assert prepared(world.thread.pk) == []


@pytest.mark.parametrize("lost", ["id", "number"])
def test_rows_are_models_with_what_was_asked_for(world: World, lost: str) -> None:
    [post, _reply] = Prepared(lambda thread: Post.objects.filter(thread=thread).order_by("pk"))(world.thread.pk)
    assert post == world.opener and getattr(post, lost) == getattr(world.opener, lost)


def test_a_percent_sign_and_constants_stay_what_they_are(world: World) -> None:
    def build(_form: int, slug: str) -> QuerySet[Any, Any]:
        of_all = Concat(Value("100 % of %s, it's "), "name")
        is_big = Case(When(citizens_count__gt=1, then=Value("big")), default=Value("small"))
        return City.objects.filter(slug=slug).annotate(said=of_all, size=is_big).values_list("said", "size")

    assert _same(Prepared(build), "stoneferry", shape=(0,))[0][0].startswith("100 % of %s, it's ")
    assert _same(Prepared(build), "100%", shape=(0,)) == []


def test_rows_may_be_single_values(world: World) -> None:
    flat = Prepared(lambda thread: Post.objects.filter(thread=thread).order_by("pk").values_list("pk", flat=True))
    assert _same(flat, world.thread.pk) == [world.opener.pk, world.reply.pk]
    with pytest.raises(TypeError, match="not known"):
        Prepared(lambda thread: Post.objects.filter(thread=thread).values("pk"))(world.thread.pk)


def test_a_text_is_not_cut_at_a_nul(world: World) -> None:
    known = Prepared(lambda slug: City.objects.filter(slug=slug))
    if connection.vendor == "postgresql":
        with pytest.raises(DataError):
            known("stoneferry\0 and more")
    else:
        assert known("stoneferry\0 and more") == []


@pytest.mark.parametrize("condition", ["slug__startswith", "slug__contains", "name__icontains"])
def test_a_condition_that_would_change_its_value_is_refused(world: World, condition: str) -> None:
    known = Prepared(lambda part: City.objects.filter(**{condition: part}))
    with pytest.raises(TypeError, match="as it was given"):
        known("stone")
    with pytest.raises(TypeError, match="as it was given"):
        Prepared(lambda most, pk: City.objects.filter(pk=pk)[: most + 1])(1, 2)


def test_models_that_somebody_wants_to_hear_of_are_not_made_in_silence(world: World) -> None:
    def hear(**_more: Any) -> None:
        """Hear of a model that is made."""

    post_init.connect(hear, sender=Thread)
    try:
        with pytest.raises(TypeError, match="a way of its own"):
            Prepared(lambda pk: Thread.objects.filter(pk=pk))(world.thread.pk)
    finally:
        post_init.disconnect(hear, sender=Thread)


def test_what_was_not_loaded_is_asked_for_when_it_is_needed(world: World, django_assert_num_queries: Any) -> None:
    [post] = Prepared(lambda pk: Post.objects.filter(pk=pk).only("number").annotate(next=F("number") + 1))(
        world.reply.pk
    )
    assert (post.number, post.next) == (2, 3)
    with django_assert_num_queries(1):
        assert post.body == world.reply.body
    post.title = "Saved"
    post.save(update_fields=["title"])
    assert Post.objects.get(pk=post.pk).title == "Saved"
