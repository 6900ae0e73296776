"""Sixty-four who write in one thread at the same moment: each is heard once, in turn, and the record stays whole."""

from collections import Counter
from functools import partial
from uuid import uuid4

import pytest

from forum.actions.posts import add_reply
from forum.events.verifying import verify_city
from forum.models import Chain, City, Delivery, Event, Notification, Post, Thread
from tests.races import together
from tests.world import World

WRITERS = 64
PROCESSES = 4  # that serve them, each one after the other


@pytest.mark.django_db(transaction=True)
def test_many_write_in_one_thread_at_once(transactional_db: None, world: World) -> None:
    people = (world.mei, world.dan, world.cai, world.coco)
    events = Event.objects.count()

    def serve(process: int) -> None:
        for number in range(process, WRITERS, PROCESSES):
            add_reply(world.thread, by=people[number % 4], body=f"Lamp {number} is lit.", submission=uuid4())

    together([partial(serve, process) for process in range(PROCESSES)])
    replies = Post.objects.filter(thread=world.thread, number__gt=2).order_by("number")
    assert [post.number for post in replies] == list(range(3, 3 + WRITERS))
    assert {post.body for post in replies} == {f"Lamp {number} is lit." for number in range(WRITERS)}
    thread, city = Thread.objects.get(pk=world.thread.pk), City.objects.get(pk=world.stoneferry.pk)
    assert thread.last_number == thread.posts_count == 2 + WRITERS
    found = verify_city(city)
    assert found.is_whole
    assert found.events == Chain.objects.get(pk=city.pk).length
    assert Event.objects.count() == events + WRITERS
    assert not Delivery.objects.exists()
    told = Counter(Notification.objects.filter(kind__in=("reply", "watched")).values_list("event", flat=True))
    assert len(told) == WRITERS
