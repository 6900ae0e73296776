"""Sorting: which news go into which letters; and several who sort or send at the same moment."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from forum.actions.posts import add_reply
from forum.actions.recommendations import recommend_post, withdraw_recommendation
from forum.mailing.choices import choose_rhythms
from forum.mailing.sending import send_due
from forum.mailing.sorting import AT_ONCE, sort_news
from forum.models import Event, Letter, Notification
from tests.mailing.conftest import confirm
from tests.mailing.server import Server, running
from tests.notifying.news import tell_all
from tests.races import together
from tests.world import World, build_world, make_person


def _news(world: World, people: list[User]) -> None:
    event = Event.objects.get(kind="post.created", post=world.reply)
    Notification.objects.bulk_create(
        Notification(user=person, kind="addressed", event=event, thread=world.thread) for person in people
    )


def test_every_notification_is_looked_at_once(reached: World) -> None:
    add_reply(reached.thread, by=reached.dan, body="Me too.", to=1)
    tell_all()
    assert sort_news() == 1
    assert sort_news() == 0
    assert not Notification.objects.filter(is_sorted=False).exists()


def test_what_was_read_or_is_long_past_or_unconfirmed_goes_into_no_letter(reached: World) -> None:
    ann, ben, cat = (make_person(name) for name in ("ann", "ben", "cat"))
    for person in (ann, ben):
        confirm(person)
    _news(reached, [ann, ben, cat])
    Notification.objects.filter(user=ann).update(read_at=timezone.now())
    Notification.objects.filter(user=ben).update(created_at=timezone.now() - timedelta(days=8))
    assert sort_news() == 0


def test_news_that_come_when_a_letter_is_sealed_go_into_the_next(reached: World) -> None:
    for number in (1, 2):
        add_reply(reached.thread, by=reached.dan, body="Me too.", to=1)
        tell_all()
        sort_news()
        assert Letter.objects.filter(user=reached.cai).count() == number
        Letter.objects.update(state=Letter.State.SEALED)


def test_what_is_taken_back_is_in_no_letter_any_more(reached: World, server: Server) -> None:
    choose_rhythms(reached.cai, {"recommendations": "once"})
    recommend_post(reached.opener, by=reached.mei)
    tell_all()
    sort_news()
    withdraw_recommendation(reached.opener, by=reached.mei)
    tell_all()
    assert send_due(timezone.now() + timedelta(minutes=2)).empty == 1
    assert server.got == []


@pytest.mark.parametrize("count", [1, AT_ONCE])
def test_sorting_asks_the_same_for_one_and_for_many(
    reached: World, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    # Those who have confirmed nothing: the most that a thread with many watchers brings.
    people = User.objects.bulk_create(User(username=f"reader{number}") for number in range(count))
    _news(reached, people)
    with django_assert_max_num_queries(9):
        sort_news()
    assert not Notification.objects.filter(is_sorted=False).exists()


@pytest.mark.django_db(transaction=True)
def test_several_who_sort_and_send_at_once_send_each_letter_once(settings: object) -> None:
    world, people = build_world(), [make_person(f"reader{number}") for number in range(60)]
    for person in people:
        confirm(person)
    _news(world, people)
    server, later = Server(), timezone.now() + timedelta(minutes=2)
    with running(server) as port:
        options = {"host": "127.0.0.1", "port": port}
        settings.MAILERS = {  # type: ignore[attr-defined]
            "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
        }
        together([sort_news] * 3)
        together([lambda: send_due(later)] * 3)
    assert Letter.objects.count() == 60
    assert sorted(got.to[0] for got in server.got) == sorted(person.email for person in people)
