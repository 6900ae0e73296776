"""Statements that are planned once: within transactions, with every kind of value, and as new rows."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.statements import execute, insert, let_go_early, lightly
from forum.models import Event, Recommendation
from tests.world import World

LIT = "INSERT INTO cache (cache_key, value, expires) VALUES (%s, %s, %s)"
KEYS = "SELECT cache_key FROM cache"


def _light(key: str) -> None:
    execute(LIT, [key, "lit", connection.ops.adapt_datetimefield_value(timezone.now())])


@pytest.mark.django_db(transaction=True)
def test_a_statement_is_part_of_the_transaction_that_it_begins() -> None:
    for _turn in range(2):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            _light("lamp")
            raise ZeroDivisionError
        assert ("lamp",) not in execute(KEYS)
        with transaction.atomic():
            _light("lamp")
            assert connection.connection.in_transaction if connection.vendor == "sqlite" else _is_begun()
            transaction.set_rollback(True)


def _is_begun() -> bool:
    return bool(connection.connection.info.transaction_status.name == "INTRANS")


@pytest.mark.django_db(transaction=True)
def test_only_what_may_be_lost_does_not_wait_for_the_disk(as_in_production: None) -> None:
    if connection.vendor != "postgresql":
        return
    with lightly():
        assert execute("SHOW synchronous_commit") == [("off",)]
    assert execute("SHOW synchronous_commit") == [("on",)]
    with transaction.atomic(), lightly():
        assert execute("SHOW synchronous_commit") == [("on",)]


@pytest.mark.django_db(transaction=True)
def test_who_lets_go_early_waits_for_the_disk_all_the_same(as_in_production: None) -> None:
    if connection.vendor != "postgresql":
        return
    with transaction.atomic():
        let_go_early()
        assert execute("SHOW synchronous_commit") == [("off",)]
        _light("lamp")
        [(written,)] = execute("SELECT pg_current_wal_insert_lsn()")
    assert execute("SHOW synchronous_commit") == [("on",)]
    assert execute("SELECT pg_current_wal_flush_lsn() > %s::pg_lsn", [written]) == [(True,)]
    with transaction.atomic(), transaction.atomic():
        let_go_early()
        assert execute("SHOW synchronous_commit") == [("on",)]


@pytest.mark.django_db
def test_a_mistake_is_the_one_django_knows() -> None:
    _light("lamp")
    with pytest.raises(IntegrityError), transaction.atomic():
        _light("lamp")
    assert ("lamp",) in execute(KEYS)


@pytest.mark.django_db
def test_a_text_with_nul_is_no_text_for_postgresql() -> None:
    if connection.vendor == "postgresql":
        with pytest.raises(DataError), transaction.atomic():
            _light("la\0mp")


def test_a_new_row_is_as_saving_makes_it(world: World) -> None:
    at = datetime(2026, 9, 3, 12, 0, 0, 5, tzinfo=UTC)
    words = {"kind": "post.edited", "actor": world.cai, "city": None, "post": world.reply, "created_at": at}
    rows = [Event(**words, data={"橋": [1, None, 'a "lamp"'], "n": True}) for _number in range(2)]
    insert(rows[0])
    rows[1].save(force_insert=True)
    assert rows[0].pk and not rows[0]._state.adding and rows[0]._state.db == "default"
    first, second = (Event.objects.filter(pk=row.pk).values().get() | {"id": None} for row in rows)
    assert first == second


def test_a_row_that_may_not_be_is_refused(world: World) -> None:
    given = {"post": world.reply, "user": world.dan, "revision": world.reply.revisions.get()}
    insert(Recommendation(**given))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Recommendation(**given))
