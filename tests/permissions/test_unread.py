"""The number of unread notifications is that of those somebody may still see, whoever they are, whatever happened."""

from collections.abc import Callable

import pytest

from forum.actions.moderation import hide_post, hide_thread
from forum.actions.sanctions import impose_sanction
from forum.models import City, Event, Notification, Sanction, Thread
from forum.permissions.notifications import visible_notifications
from forum.permissions.roles import Viewer
from tests.world import ROLES, World


def _tell_everybody(world: World) -> None:
    """Let everybody hear of each event, whether or not it concerns them, by each kind of news that is asked about."""
    kinds = ("watched", "applied", "reported", "appealed", "named")
    people = [person for role in ROLES if (person := world.person(role))]
    for number, event in enumerate(Event.objects.all()):
        kind = kinds[number % len(kinds)]
        Notification.objects.bulk_create(
            Notification(user=person, kind=kind, event=event, thread=event.thread) for person in people
        )


def _nothing(world: World) -> None:
    pass


def _close_the_city(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)


def _ban_a_citizen_of_a_closed_city(world: World) -> None:
    _close_the_city(world)
    impose_sanction(
        world.stoneferry, by=world.mei, person=world.coco, kind=Sanction.Kind.BAN, reason="spam", words="No."
    )


def _hide_the_thread(world: World) -> None:
    hide_thread(world.thread, by=world.mei, reason="Twice the same.")


def _hide_the_reply(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="Rude.")


def _merge_the_thread(world: World) -> None:
    other = Thread.objects.create(
        city=world.stoneferry, board=world.letters, author=world.dan, last_author=world.dan, title="Other"
    )
    Thread.objects.filter(pk=world.thread.pk).update(merged_into=other, is_hidden=True)


STATES = (
    _nothing,
    _close_the_city,
    _ban_a_citizen_of_a_closed_city,
    _hide_the_thread,
    _hide_the_reply,
    _merge_the_thread,
)


@pytest.mark.parametrize("happen", STATES, ids=lambda state: state.__name__.strip("_"))
def test_the_number_agrees_with_what_one_may_see(world: World, happen: Callable[[World], None]) -> None:
    happen(world)
    _tell_everybody(world)
    Notification.objects.filter(user=world.coco, kind="named").update(read_at=world.thread.created_at)
    for role in ROLES:
        viewer, looking = Viewer.of(world.person(role)), Viewer.of(world.person(role), looks=True)
        seen = visible_notifications(viewer, Notification.objects.filter(read_at=None)) if viewer.user else ()
        assert viewer.unread == looking.unread == len(seen), role


def test_more_than_a_hundred_are_not_counted(world: World) -> None:
    events = Event.objects.bulk_create(Event(kind="deputy.named", actor=world.dan) for _number in range(120))
    Notification.objects.bulk_create(Notification(user=world.cai, kind="named", event=event) for event in events)
    assert Viewer.of(world.cai).unread == 100
