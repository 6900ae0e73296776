"""Saying something of oneself."""

import pytest
from pytest_django import Settings

from accounts.models import User
from forum.actions.profiles import change_profile, set_picture
from forum.actions.sanctions import impose_sanction
from forum.models import Event
from forum.permissions.verdicts import Forbidden
from tests.world import World


def test_profile_saved_twice_is_one_change(world: World) -> None:
    for _time in range(2):
        change_profile(world.coco, by=world.coco, about="I cross bridges.", posts_shown_to="members")
    (event,) = Event.objects.filter(kind__startswith="profile.")
    assert (event.kind, event.city, event.in_log, event.data["fields"]) == (
        "profile.changed",
        None,
        False,
        ["about", "posts_shown_to"],
    )


def test_new_name_is_an_event_that_holds_the_old_one(world: World) -> None:
    change_profile(world.coco, by=world.coco, display_name="Coco the Bridge", about="I cross bridges.")
    kinds = {event.kind: event.data for event in Event.objects.filter(kind__startswith="profile.")}
    assert kinds == {"profile.renamed": {"old": "Coco"}, "profile.changed": {"fields": ["about"]}}


def test_who_is_suspended_chooses_audiences_but_no_words_and_no_picture(world: World, settings: Settings) -> None:
    impose_sanction(None, by=world.ada, person=world.coco, kind="suspension", reason="spam")
    change_profile(world.coco, by=world.coco, posts_shown_to="myself")
    for act in (
        lambda: change_profile(world.coco, by=world.coco, signature="Planks"),
        lambda: set_picture(world.coco, by=world.coco, picture=b"planks"),
    ):
        with pytest.raises(Forbidden):
            act()
    coco = User.objects.get(pk=world.coco.pk)
    assert (coco.posts_shown_to, coco.signature, coco.avatar) == ("myself", "", "")
