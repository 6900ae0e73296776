"""People who do different things to one thread at the same moment; PostgreSQL must not find itself in a knot."""

from collections.abc import Callable
from contextlib import suppress
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from forum.actions.cities import found_city
from forum.actions.city_life import write_in_guestbook
from forum.actions.memberships import join_city, leave_city
from forum.actions.moderation import hide_post, lock_thread, restore_post, unlock_thread
from forum.actions.posts import add_reply, edit_post
from forum.actions.problems import Conflict
from forum.actions.recommendations import recommend_post, withdraw_recommendation
from forum.actions.threads import create_thread
from forum.models import City, GuestbookEntry, Post, Recommendation, Thread
from forum.permissions.verdicts import Forbidden
from tests.races import together
from tests.world import World


def _edit(world: World, number: int) -> None:
    post = Post.objects.get(pk=world.opener.pk)
    try:
        edit_post(post, by=world.cai, base=post.revision_number, title=f"Bridge {number}", body=f"Planks: {number}")
    except Conflict:
        return  # the other window was faster, and this one is told so


@pytest.mark.django_db(transaction=True)
def test_opener_is_edited_while_others_reply_to_it_and_recommend_it(transactional_db: None, world: World) -> None:
    acts = [
        act
        for number in range(3)
        for act in (
            lambda number=number: _edit(world, number),
            lambda: add_reply(world.thread, by=world.coco, body="To you.", to=1),
            lambda: recommend_post(world.opener, by=world.dan),
            lambda: withdraw_recommendation(world.opener, by=world.dan),
        )
    ]
    for _ in range(2):
        together(acts)
    thread = Thread.objects.get(pk=world.thread.pk)
    assert thread.posts_count == thread.last_number == 2 + 2 * 3


@pytest.mark.django_db(transaction=True)
def test_reply_is_hidden_and_restored_while_others_answer_it(transactional_db: None, world: World) -> None:
    acts = [
        lambda: hide_post(world.reply, by=world.mei, reason="Off topic"),
        lambda: restore_post(world.reply, by=world.mei),
        lambda: add_reply(world.thread, by=world.cai, body="To you.", to=2),
        lambda: recommend_post(world.opener, by=world.dan),
    ]
    together(acts * 3)
    assert Thread.objects.get(pk=world.thread.pk).posts_count == 2 + 3


@pytest.mark.django_db(transaction=True)
def test_opener_is_hidden_and_restored_while_it_is_edited_and_recommended(transactional_db: None, world: World) -> None:
    def unless_hidden(act: Callable[[], object]) -> None:
        with suppress(Forbidden):
            act()

    acts = [
        lambda: hide_post(world.opener, by=world.mei, reason="Off topic"),
        lambda: restore_post(world.opener, by=world.mei),
        lambda: unless_hidden(lambda: _edit(world, 1)),
        lambda: unless_hidden(lambda: recommend_post(world.opener, by=world.dan)),
        lambda: unless_hidden(lambda: withdraw_recommendation(world.opener, by=world.dan)),
    ]
    for _ in range(3):
        together(acts)
    restore_post(world.opener, by=world.mei)
    thread = Thread.objects.get(pk=world.thread.pk)
    assert thread.recommendations_count == Recommendation.objects.filter(post=world.opener).count()


@pytest.mark.django_db(transaction=True)
def test_replies_sent_at_once_get_numbers_that_follow_one_another(transactional_db: None, world: World) -> None:
    together([lambda: add_reply(world.thread, by=world.coco, body="At once.") for _ in range(8)])
    numbers = world.thread.posts.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 11))


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_twice_at_once_makes_one_post_and_one_thread(transactional_db: None, world: World) -> None:
    mark = uuid4()
    together([lambda: add_reply(world.thread, by=world.coco, body="Once.", submission=mark) for _ in range(4)])
    assert Post.objects.filter(body="Once.").count() == 1
    mark = uuid4()
    together(
        [
            lambda: create_thread(world.letters, by=world.coco, title="One", body="Only.", submission=mark)
            for _ in range(4)
        ]
    )
    assert Thread.objects.filter(title="One").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_cities_founded_at_one_address_the_second_is_told_so(transactional_db: None, world: World) -> None:
    told: list[str] = []

    def found(name: str) -> None:
        try:
            found_city(by=world.rita, name=name, slug="harbour", category=world.category)
        except ValidationError as problem:
            told.extend(problem.message_dict)

    together([lambda: found("Harbour"), lambda: found("Another harbour")])
    assert told == ["slug"]
    assert City.objects.filter(slug="harbour").count() == 1


@pytest.mark.django_db(transaction=True)
def test_people_come_and_go_while_others_act_in_the_city(transactional_db: None, world: World) -> None:
    acts = [
        lambda: join_city(world.stoneferry, by=world.rita),
        lambda: leave_city(world.stoneferry, by=world.rita),
        lambda: lock_thread(world.thread, by=world.mei),
        lambda: unlock_thread(world.thread, by=world.mei),
        lambda: recommend_post(world.opener, by=world.dan),
        lambda: withdraw_recommendation(world.opener, by=world.dan),
        lambda: write_in_guestbook(world.stoneferry, by=world.coco, body="Hello."),
    ]
    for _ in range(3):
        together(acts)
    assert GuestbookEntry.objects.filter(city=world.stoneferry).count() == 3
