"""A conversation is there for those who take part in it, and for nobody else, whatever else they may do."""

import pytest

from forum.actions.conversations import leave_conversation, start_conversation
from forum.models import Conversation, Participant
from forum.permissions.conversations import (
    can_add_to_conversation,
    can_leave_conversation,
    can_see_conversation,
    can_write_in_conversation,
    visible_conversations,
    with_blocks,
)
from forum.permissions.roles import Viewer
from forum.queries.conversations import own_conversations, own_messages
from tests.world import ROLES, World


@pytest.mark.parametrize("has_left", [False, True])
def test_what_is_listed_is_what_may_be_seen(world: World, has_left: bool) -> None:
    talk = start_conversation(by=world.cai, people=[world.coco], body="Not for other eyes.")
    if has_left:
        leave_conversation(talk, by=world.coco)
    for role in ROLES:
        viewer = Viewer.of(world.person(role))
        people = with_blocks(viewer, Participant.objects.filter(conversation=talk)) if viewer.user else ()
        inside = role == "author" or (role == "citizen" and not has_left)
        seen = [can_see_conversation(viewer, talk), bool(can_leave_conversation(viewer, talk))]
        assert {*seen, visible_conversations(viewer, Conversation.objects.all()).exists()} == {inside}, role
        assert bool(can_write_in_conversation(viewer, people)) is (inside and not has_left), role
        assert bool(can_add_to_conversation(viewer, talk, present=inside)) is (role == "author"), role


def test_what_is_ones_own_is_all_of_ones_conversations_and_of_those_left_ones_own_words(world: World) -> None:
    talk = start_conversation(by=world.cai, people=[world.coco], body="How many?")
    left = start_conversation(by=world.dan, people=[world.coco], body="Not mine any more.")
    own = start_conversation(by=world.coco, people=[world.dan, world.mei], body="My own words.")
    for conversation in (left, own):
        leave_conversation(conversation, by=world.coco)
    assert {one.conversation for one in own_conversations(world.coco)} == {talk, left, own}
    assert [message.body for message in own_messages(world.coco)] == ["How many?", "My own words."]
