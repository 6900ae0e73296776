"""What comes in is part of the city's chain: each batch by one event, which misses a text that was altered."""

import pytest
from django.db import connection

from forum.actions.posts import add_reply, edit_post
from forum.events.verifying import Fault, verify_city
from forum.models import City, Event, Post, Revision
from tests.transfer.archive import a_post, a_topic
from tests.transfer.conftest import Move
from tests.world import World

TOPICS = (a_topic(5, a_post(1), a_post(2), a_post(3)), a_topic(6))


def _fault(city: City) -> Fault:
    return verify_city(city).faults[0]


def _alter(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def batch(move: Move, city: City) -> Event:
    """The event of the batch, after which two more posts came with a newer archive."""
    move(*TOPICS)
    event = Event.objects.get(kind="city.batch_imported")
    move(a_topic(5, *(a_post(number) for number in range(1, 5))), a_topic(6), a_topic(7))
    assert verify_city(city).is_whole
    return event


def test_each_batch_is_held_by_one_event_that_stands_in_no_log(batch: Event) -> None:
    held = Revision.objects.filter(pk__gte=batch.data["first"], pk__lte=batch.data["last"])
    assert (batch.data["posts"], held.count(), batch.in_log) == (5, 5, False)
    assert Event.objects.filter(kind="city.batch_imported").count() == 2


def test_what_is_written_here_afterwards_is_held_by_its_own_event(batch: Event, city: City) -> None:
    post = Post.objects.filter(source_id__isnull=False, number=2).first()
    assert post
    edit_post(post, by=post.author, base=1, body="Written anew.")
    assert verify_city(city).is_whole


def test_altered_and_linked_anew_is_missed_by_the_batch(batch: Event, city: City) -> None:
    revision = Revision.objects.get(pk=batch.data["first"])
    _alter("UPDATE forum_revision SET chain_hash = 'x' WHERE id = %s", revision.pk)
    assert {fault.what for fault in verify_city(city).faults} == {"revision", "event"}


def test_removed_with_its_post_is_missed_by_the_batch(batch: Event, city: City) -> None:
    revision = Revision.objects.get(pk=batch.data["last"])
    with connection.constraint_checks_disabled():
        _alter("UPDATE forum_post SET source_id = NULL WHERE id = %s", revision.post_id)
    assert (_fault(city).what, _fault(city).pk) == ("revision", revision.pk)
    _alter("DELETE FROM forum_revision WHERE id = %s", revision.pk)
    assert any(fault.pk == batch.pk for fault in verify_city(city).faults)


def test_made_to_look_imported_is_held_by_no_batch(batch: Event, city: City, world: World) -> None:
    post = add_reply(world.thread, by=world.coco, body="Written here.")
    _alter("UPDATE forum_post SET source_id = 999 WHERE id = %s", post.pk)
    assert (_fault(city).what, _fault(city).place) == ("revision", f"1 of post {post.pk}")
