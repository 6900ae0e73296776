"""The triggers that count changes: where THE table wants them, costing no lock, there again after bulk work."""

from contextlib import suppress
from functools import partial
from threading import Barrier, BrokenBarrierError

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from accounts.models import User
from forum.caching import scopes
from forum.caching.generations import generation
from forum.caching.scopes import SITE, Kind
from forum.caching.shown import SHOWN, UNSHOWN
from forum.caching.triggers import are_in_place, put_in_place, take_away, triggers, without_triggers
from forum.models import City, Notice, Post, Thread
from tests.races import together
from tests.world import World, make_person


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_model_is_shown_somewhere_or_has_a_reason_why_not() -> None:
    shown = {one.model for one in SHOWN}
    models = apps.get_models(include_auto_created=True)
    known = shown | {model._meta.label for model in models if {model._meta.label, model._meta.app_label} & set(UNSHOWN)}
    assert {model._meta.label for model in models} - known == set()
    assert shown & set(UNSHOWN) == set()
    assert set(UNSHOWN) - {model._meta.label for model in models} - {model._meta.app_label for model in models} == set()
    assert all(UNSHOWN.values())


def test_each_way_in_which_a_shown_row_changes_is_counted() -> None:
    counted = {(trigger.shown.model, trigger.operation) for trigger in triggers()}
    assert {(one.model, way) for one in SHOWN for way in ("INSERT", "UPDATE", "DELETE")} - counted == set()
    assert all(Kind.EVERYWHERE in one.scopes for one in SHOWN)


@pytest.mark.django_db
def test_keys_of_scopes_can_be_asked_of_every_table() -> None:
    with connection.cursor() as cursor:
        for shown in SHOWN:
            each = [f"(SELECT MIN(key) FROM ({query}) AS given)" for query in shown.each.values()]
            asked = ", ".join([*shown.scopes.values(), *each, shown.when or "true"]).format(row="shown")
            cursor.execute(f"SELECT {asked} FROM {apps.get_model(shown.model)._meta.db_table} shown")


@pytest.mark.django_db
def test_triggers_are_in_place_after_migrating() -> None:
    assert are_in_place()
    assert not put_in_place()


@pytest.mark.django_db
def test_triggers_that_are_missing_or_others_are_put_in_place_and_everything_counts_as_changed() -> None:
    before = generation([SITE])
    take_away()
    assert not are_in_place()
    call_command("migrate", verbosity=0)
    assert are_in_place()
    assert generation([SITE]) > before


@pytest.mark.django_db
def test_a_trigger_that_is_gone_or_turned_off_is_noticed() -> None:
    name, table = triggers()[0].name, triggers()[0].table
    off = f"ALTER TABLE {table} DISABLE TRIGGER {name}"
    _run(off if connection.vendor == "postgresql" else f"DROP TRIGGER {name}")
    assert not are_in_place()


def test_bulk_work_without_triggers_counts_once_as_a_change_of_everything(world: World) -> None:
    before, thread = generation([SITE]), generation([scopes.thread(world.thread.pk)])
    with without_triggers():
        Thread.objects.update(title="Another")
        assert generation([SITE]) == before
    assert are_in_place()
    assert generation([SITE]) > before
    assert generation([scopes.thread(world.thread.pk)]) == thread


def test_bulk_work_that_fails_leaves_the_triggers_in_place(world: World) -> None:
    with pytest.raises(RuntimeError), without_triggers():
        raise RuntimeError
    assert are_in_place()


def test_a_new_person_changes_no_page_of_others_and_one_who_goes_does(world: World) -> None:
    before = generation([SITE])
    person = make_person("newcomer")
    assert generation([SITE]) == before
    User.objects.filter(pk=person.pk).delete()
    assert generation([SITE]) > before


@pytest.mark.django_db(transaction=True)
def test_those_who_change_the_same_places_in_any_order_wait_for_nobody(transactional_db: None, world: World) -> None:
    places, meeting = [world.stoneferry, world.hilltop], Barrier(2)

    def write(order: list[City]) -> None:
        with transaction.atomic():
            for city in order:
                Notice.objects.create(city=city, author=world.mei, title="Rows of my own", renderer_version=1)
                with suppress(BrokenBarrierError):  # on SQLite the other cannot have begun
                    meeting.wait(timeout=1)

    before = [generation([scopes.city(city.pk)]) for city in places]
    together([lambda: write(places), lambda: write(places[::-1])])
    assert all(generation([scopes.city(city.pk)]) > old for city, old in zip(places, before, strict=True))
    assert Notice.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_rows_of_many_transactions_are_folded_and_the_sum_only_grows(transactional_db: None, world: World) -> None:
    posts, scope = [world.opener.pk, world.reply.pk], scopes.thread(world.thread.pk)

    def write(post: int) -> None:
        seen = [generation([scope])]
        for number in range(400):
            Post.objects.filter(pk=post).update(source=str(number))
            seen.append(generation([scope]))
        assert seen == sorted(set(seen))

    together([partial(write, post) for post in posts])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM forum_generation WHERE kind = %s AND key = %s", scope)
        assert cursor.fetchone()[0] < 790  # that it is not happens once in 200,000 times
