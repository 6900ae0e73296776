"""The day of a member's last visit is noted, once a day."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from accounts.models import User, today
from tests.clients import browser
from tests.world import World


def test_a_visit_notes_the_day(world: World) -> None:
    User.objects.filter(pk=world.mei.pk).update(last_seen_on=today() - timedelta(days=9))
    browser(world.mei).get("/rights/")
    assert User.objects.get(pk=world.mei.pk).last_seen_on == today()


def test_the_second_visit_of_a_day_writes_nothing(
    world: World, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    User.objects.filter(pk=world.mei.pk).update(last_seen_on=today() - timedelta(days=1))
    mei = browser(world.mei)
    for queries in (4, 2):  # session and person, their place; the first time one after the other, and the day
        with django_assert_num_queries(queries):
            mei.get("/rights/")


def test_a_visitor_is_nobody_to_note(world: World) -> None:
    assert browser().get("/rights/").status_code == 200
