"""The day of a member's last visit is noted, once a day."""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from datetime import timedelta

import pytest
from django.db import connection

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


@pytest.mark.django_db(transaction=True)
def test_who_comes_while_somebody_writes_for_long_is_noted_another_time(transactional_db: None, world: World) -> None:
    if connection.vendor != "sqlite":
        return
    yesterday = today() - timedelta(days=1)
    User.objects.filter(pk=world.mei.pk).update(last_seen_on=yesterday)
    mei = browser(world.mei)
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("BEGIN IMMEDIATE")
        assert mei.get("/rights/").status_code == 200
        assert User.objects.get(pk=world.mei.pk).last_seen_on == yesterday
        other.rollback()
    mei.get("/rights/")
    assert User.objects.get(pk=world.mei.pk).last_seen_on == today()
