"""Pages of private messages ask the database as much for many conversations and messages as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.actions.conversations import start_conversation
from forum.models import Conversation, Message, Participant
from tests.clients import browser
from tests.notifying.news import tell_all
from tests.world import World, make_person

MOST = 9


def _filled(world: World, count: int) -> Conversation:
    """Return a conversation of Coco's with so many messages, beside as many conversations."""
    people = [make_person(f"person{number}") for number in range(4)]
    talk = start_conversation(by=world.cai, people=[world.coco, *people], subject="Planks", body="How many?")
    Message.objects.bulk_create(
        Message(conversation=talk, number=number, author=world.cai, body="x", html="<p>x</p>", renderer_version=1)
        for number in range(2, count + 1)
    )
    Conversation.objects.filter(pk=talk.pk).update(last_number=count)
    others = [
        Conversation(starter=world.cai, last_number=1, last_message_at=timezone.now()) for _one in range(count - 1)
    ]
    for one in Conversation.objects.bulk_create(others):
        Participant.objects.bulk_create(Participant(conversation=one, user=user) for user in (world.cai, world.coco))
        Message.objects.create(
            conversation=one, number=1, author=world.cai, body="x", html="<p>x</p>", renderer_version=1
        )
    tell_all()
    return talk


@pytest.mark.parametrize("count", [1, 60])
def test_no_page_asks_more_for_many(world: World, count: int) -> None:
    talk, coco = _filled(world, count), browser(world.coco)
    asked = {}
    for page in ("", "new/", "new/?to=cai", f"{talk.pk}/", f"{talk.pk}/write/", f"{talk.pk}/leave/"):
        with CaptureQueriesContext(connection) as queries:
            assert coco.get(f"/me/messages/{page}").status_code == 200
        asked[page] = len(queries)
    assert max(asked.values()) <= MOST, asked


def test_reading_again_writes_nothing(world: World) -> None:
    talk, coco = _filled(world, 1), browser(world.coco)
    coco.get(f"/me/messages/{talk.pk}/")
    with CaptureQueriesContext(connection) as queries:
        coco.get(f"/me/messages/{talk.pk}/")
    assert not [query for query in queries.captured_queries if query["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
