"""Personal content is erased for good by the site's moderators; who did what and when stays, and the chain."""

import pytest
from django.core.exceptions import ValidationError

from forum.actions.erasing import erase_event_content, erase_revision
from forum.actions.moderation import hide_post, hide_thread
from forum.actions.posts import edit_post
from forum.events.verifying import verify_city
from forum.models import Event, Revision, Thread
from forum.permissions.verdicts import Forbidden
from tests.world import World


def _is_whole(world: World) -> bool:
    return verify_city(world.stoneferry).is_whole


def test_reason_of_an_act_is_erased_and_the_act_stays(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="He lives at 5 Bridge Street")
    event = Event.objects.get(kind="post.hidden")
    for _ in range(2):
        erase_event_content(event, by=world.ada, reason="An address")
    event.refresh_from_db()
    assert (event.reason, event.data, event.salt, event.is_erased) == ("", {"number": 2}, "", True)
    assert (event.actor, event.person) == (world.mei, world.coco)
    told = Event.objects.get(kind="event.erased")
    assert (told.data, told.reason, told.in_log) == ({"position": event.position}, "An address", True)
    assert _is_whole(world)


def test_earlier_version_is_erased_and_the_present_text_stays(world: World) -> None:
    edit_post(world.reply, by=world.coco, base=1, body="I crossed it.", reason="without his address")
    first = Revision.objects.get(post=world.reply, number=1)
    for _ in range(2):
        erase_revision(first, by=world.ada, reason="An address")
    first.refresh_from_db()
    world.reply.refresh_from_db()
    assert (first.body, first.title, first.is_erased, world.reply.body) == ("", "", True, "I crossed it.")
    assert Event.objects.filter(kind="revision.erased").count() == 1
    assert _is_whole(world)


def test_present_text_is_erased_only_when_it_is_hidden(world: World) -> None:
    first = Revision.objects.get(post=world.reply, number=1)
    with pytest.raises(ValidationError, match="Hide the post first"):
        erase_revision(first, by=world.ada, reason="An address")
    hide_post(world.reply, by=world.mei, reason="An address")
    erase_revision(first, by=world.ada, reason="An address")
    world.reply.refresh_from_db()
    assert (world.reply.body, world.reply.html) == ("", "")
    assert _is_whole(world)


def test_title_of_a_thread_goes_with_its_opening_post_and_from_the_record(world: World) -> None:
    hide_thread(world.thread, by=world.mei, reason="A name")
    erase_revision(Revision.objects.get(post=world.opener), by=world.ada, reason="A name")
    assert Thread.objects.get(pk=world.thread.pk).title == "…"
    assert "title" not in Event.objects.get(kind="thread.created").data
    assert _is_whole(world)


def test_officers_cannot_erase(world: World) -> None:
    with pytest.raises(Forbidden, match="moderators erase"):
        erase_revision(Revision.objects.get(post=world.reply), by=world.mei, reason="")
    with pytest.raises(Forbidden, match="moderators erase"):
        erase_event_content(Event.objects.first() or Event(), by=world.mei, reason="")


def test_that_something_was_erased_cannot_be_erased(world: World) -> None:
    erase_event_content(Event.objects.get(kind="thread.created"), by=world.ada, reason="A name")
    with pytest.raises(ValidationError, match="stays in the log"):
        erase_event_content(Event.objects.get(kind="event.erased"), by=world.ada, reason="")
