"""People who write to one another at the same moment, and a form that is sent twice at once."""

from uuid import uuid4

import pytest

from forum.actions.conversations import leave_conversation, start_conversation
from forum.actions.message_reports import report_message
from forum.actions.messages import send_message
from forum.models import Conversation, Message, MessageReport, Participant
from tests.races import together
from tests.world import World


@pytest.mark.django_db(transaction=True)
def test_messages_that_come_at_once_follow_one_another_and_a_form_sent_twice_makes_one(
    transactional_db: None, world: World
) -> None:
    first, mark = uuid4(), uuid4()
    people = [world.coco, world.dan]
    together([lambda: start_conversation(by=world.cai, people=people, body="Hello.", submission=first)] * 3)
    talk = Conversation.objects.get()
    together(
        [
            lambda: send_message(talk, by=world.coco, body="Mine.", submission=mark),
            lambda: send_message(talk, by=world.coco, body="Mine.", submission=mark),
            lambda: send_message(talk, by=world.cai, body="Yours."),
            lambda: send_message(talk, by=world.dan, body="Ours."),
            lambda: report_message(talk.messages.get(number=1), by=world.dan, reason="spam"),
            lambda: report_message(talk.messages.get(number=1), by=world.dan, reason="spam"),
        ]
    )
    talk.refresh_from_db()
    assert list(Message.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    assert talk.last_number == 4
    assert MessageReport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_when_all_leave_at_once_nothing_is_left_behind(transactional_db: None, world: World) -> None:
    talk = start_conversation(by=world.cai, people=[world.coco, world.dan], body="Hello.")
    together(
        [lambda person=person: leave_conversation(talk, by=person) for person in (world.cai, world.coco, world.dan)]
    )
    assert not Conversation.objects.exists()
    assert not Participant.objects.exists()
