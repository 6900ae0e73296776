"""News on people's pages: when they are new, and when they are read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum.actions.posts import add_reply
from forum.actions.recommendations import recommend_post, withdraw_recommendation
from forum.actions.threads import create_thread
from forum.models import Delivery, Event, Notification
from forum.notifying import deliver, delivering, retract
from forum.notifying.reading import mark_all_read, mark_read
from forum.notifying.who import hearers_of
from forum.notifying.writing import write_news
from tests.notifying.news import forget, tell_all
from tests.world import World


def _unread(world: World) -> list[str]:
    return sorted(Notification.objects.filter(user=world.cai, read_at=None).values_list("kind", flat=True))


def test_news_bear_the_time_of_what_happened(world: World) -> None:
    post = add_reply(world.thread, by=world.dan, body="Me too.", at=timezone.now() - timedelta(hours=3))
    deliver([Event.objects.get(post=post)])
    assert Notification.objects.get(user=world.cai).created_at == post.created_at


def test_what_happened_long_ago_is_not_called_new(world: World) -> None:
    forget()
    for days in (40, 2):
        add_reply(world.thread, by=world.dan, body="Me too.", at=timezone.now() - timedelta(days=days))
    tell_all()
    assert len(_unread(world)) == 1
    assert Notification.objects.filter(user=world.cai).count() == 2


def test_an_event_that_is_gone_is_not_told(world: World) -> None:
    event = Event.objects.get(post=add_reply(world.thread, by=world.dan, body="Me too."))
    Event.objects.filter(pk=event.pk).delete()
    deliver([event])
    assert not Notification.objects.exists()


@pytest.mark.parametrize("taken_back", [False, True])
def test_what_is_taken_back_while_it_is_told_is_not_told(world: World, taken_back: bool) -> None:
    forget()
    recommend_post(world.opener, by=world.dan)
    told = Event.objects.get(kind="post.recommended")
    [event] = delivering._event(told.pk)
    heard = hearers_of([event], most=9)
    if taken_back:
        withdraw_recommendation(world.opener, by=world.dan)
        retract([Event.objects.get(kind="post.unrecommended")])
    write_news(heard, told=[event.pk])
    assert _unread(world) == ([] if taken_back else ["recommended"])
    assert not Delivery.objects.exists()


def test_reading_one_of_a_line_is_reading_the_line(world: World) -> None:
    forget()
    other = create_thread(world.letters, by=world.cai, title="A letter", body="Dear all.")
    for thread in (world.thread, world.thread, other):
        add_reply(thread, by=world.dan, body="Me too.")
    recommend_post(world.opener, by=world.dan)
    recommend_post(world.opener, by=world.mei)
    tell_all()
    mark_read(Notification.objects.filter(user=world.cai, thread=world.thread, kind="reply")[0])
    assert _unread(world) == ["recommended", "recommended", "reply"]
    mark_read(Notification.objects.filter(user=world.cai, kind="recommended")[0])
    assert _unread(world) == ["reply"]


def test_reading_is_everybodys_own(world: World) -> None:
    add_reply(world.thread, by=world.dan, body="Me too.")
    tell_all()
    mark_all_read(world.coco)
    assert _unread(world) == ["addressed", "reply"]


def test_what_came_after_the_page_was_shown_stays_unread(world: World) -> None:
    tell_all()
    until = Notification.objects.latest("pk").pk
    add_reply(world.thread, by=world.dan, body="Me too.")
    tell_all()
    mark_all_read(world.cai, until=until)
    assert _unread(world) == ["reply"]
