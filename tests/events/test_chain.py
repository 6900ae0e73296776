"""Each event of a city is linked to the one before it, whoever writes at the same moment."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import transaction
from django.utils import timezone

from forum import events
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply, edit_post
from forum.events.chain import event_hash
from forum.models import Chain, City, Event, Revision
from tests.races import together
from tests.world import World


def _links(city: City) -> list[Event]:
    return list(Event.objects.filter(city=city).order_by("position"))


def _assert_linked(city: City) -> None:
    links = _links(city)
    assert [event.position for event in links] == list(range(1, len(links) + 1))
    before = ["", *(event.chain_hash for event in links[:-1])]
    assert [event.chain_hash for event in links] == [event_hash(*pair) for pair in zip(before, links, strict=True)]
    end = Chain.objects.get(city=city)
    assert (end.length, end.head) == (len(links), links[-1].chain_hash)


def test_every_event_of_a_city_is_the_next_link_of_its_own_chain(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="Rude 粗魯")
    _assert_linked(world.stoneferry)
    _assert_linked(world.hilltop)
    assert _links(world.hilltop)[0].kind == "city.founded"


def test_link_can_be_computed_by_hand_as_the_docs_say(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="Rude 粗魯")
    event = Event.objects.get(kind="post.hidden")
    before = Event.objects.get(city=world.stoneferry, position=(event.position or 0) - 1)
    content = json.dumps([event.salt, "Rude 粗魯", {"number": 2}], ensure_ascii=False, separators=(",", ":"))
    assert event.content_hash == sha256(content.encode()).hexdigest()
    row = [before.chain_hash, world.stoneferry.pk, event.position, "post.hidden", world.mei.pk, None]
    row += [world.thread.pk, world.reply.pk, world.coco.pk, None, None, True, False, event.is_party, ""]
    row += [event.content_hash, event.created_at.isoformat()]
    line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    assert event.chain_hash == sha256(line.encode()).hexdigest()


def test_what_is_written_and_edited_is_anchored_in_the_chain(world: World) -> None:
    edit_post(world.reply, by=world.coco, base=1, body="I crossed it twice.")
    told = Event.objects.filter(post=world.reply, kind__in=("post.created", "post.edited")).order_by("position")
    versions = Revision.objects.filter(post=world.reply).order_by("number")
    assert [event.data["anchor"] for event in told] == [version.chain_hash for version in versions]


def test_data_is_linked_as_the_database_gives_it_back(world: World) -> None:
    event = events.record("city.changed", by=world.mei, city=world.stoneferry, fields=("name", "ink"), b={10: 1, 9: 2})
    assert event.data == Event.objects.get(pk=event.pk).data
    _assert_linked(world.stoneferry)


def test_time_in_another_zone_and_of_long_ago_is_linked_alike(world: World) -> None:
    long_ago = timezone.localtime(timezone.now() - timedelta(days=5000)).replace(microsecond=0)
    events.record("city.changed", by=world.mei, city=world.stoneferry, at=long_ago, fields=[])
    _assert_linked(world.stoneferry)


def test_event_of_no_city_stands_in_no_chain(world: World) -> None:
    event = events.record("digest.created", by=world.cai, digest=1)
    assert (event.position, event.chain_hash) == (None, "")


@pytest.mark.django_db(transaction=True)
def test_those_who_write_at_once_in_different_threads_add_links_one_after_the_other(
    transactional_db: None, world: World
) -> None:
    acts = [
        lambda: add_reply(world.thread, by=world.coco, body="At once."),
        lambda: hide_post(world.reply, by=world.mei, reason="Rude"),
    ]

    def write() -> None:
        with transaction.atomic():
            events.record("city.changed", by=world.mei, city=world.stoneferry, fields=[])

    together([*acts, write, write] * 2)
    _assert_linked(world.stoneferry)


def test_thousands_are_linked_together_as_they_are_one_by_one(world: World) -> None:
    with events.told_together():
        for number in range(20):
            city = world.stoneferry if number % 2 else world.hilltop
            events.record("city.changed", by=world.mei, city=city, fields=[])
        with events.told_together():
            add_reply(world.thread, by=world.coco, body="Within.")
    _assert_linked(world.stoneferry)
    _assert_linked(world.hilltop)


def test_link_that_was_taken_back_within_takes_everything_back(world: World) -> None:
    before = Chain.objects.get(city=world.stoneferry).head
    with pytest.raises(RuntimeError, match="taken back"), events.told_together():
        with transaction.atomic():
            events.record("city.changed", by=world.mei, city=world.stoneferry, fields=[])
            transaction.set_rollback(True)
        events.record("city.changed", by=world.mei, city=world.stoneferry, fields=[])
    assert Chain.objects.get(city=world.stoneferry).head == before
    _assert_linked(world.stoneferry)
