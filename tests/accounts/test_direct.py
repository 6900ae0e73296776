"""The shortest way to ask: the same answers, in and out of a transaction, and when a pooler changed the server."""

from collections.abc import Iterator
from contextlib import nullcontext

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from accounts import direct
from accounts.outages import Outage
from accounts.statements import execute
from forum.caching import generations
from forum.caching.generations import DIALECTS, city_scopes, generation, thread_scopes
from tests.world import World

SQL = "SELECT CAST(%s AS bigint) + 1, 7"


def ask(query: str, *values: int | str) -> tuple[int, ...] | None:
    return DIALECTS[connection.vendor].ask(connection.connection, query, values)


@pytest.mark.django_db(transaction=True)
def test_the_answer_is_the_same_in_and_out_of_a_transaction() -> None:
    connection.ensure_connection()
    for _time in range(3):
        assert ask(SQL, 41) == (42, 7)
    with transaction.atomic():
        assert ask(SQL, -(2**62)) == (-(2**62) + 1, 7)
    assert ask("SELECT 1 WHERE 1 = %s", 2) is None


@pytest.mark.django_db(transaction=True)
def test_a_server_that_forgot_the_query_is_asked_in_full() -> None:
    connection.ensure_connection()
    assert ask(SQL, 1) == (2, 7)
    if connection.vendor == "postgresql":
        connection.connection.execute("DEALLOCATE ALL")
    for number in range(3):
        assert ask(SQL, number) == (number + 1, 7)


@pytest.mark.django_db(transaction=True)
def test_what_the_server_refuses_is_raised() -> None:
    connection.ensure_connection()
    with pytest.raises(psycopg.Error if connection.vendor == "postgresql" else Exception, match="nowhere"):
        ask("SELECT %s FROM nowhere", 1)
    assert ask(SQL, 1) == (2, 7)


def test_generations_come_by_it_as_by_any_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    known = thread_scopes(world.thread.pk)
    assert known
    with connection.execute_wrapper(lambda execute, *arguments: execute(*arguments)):
        assert thread_scopes(world.thread.pk) == known  # who listens to queries has them asked by Django
        there = city_scopes("stoneferry")
    assert city_scopes("stoneferry") == there
    assert generation(known[0]) == known[1]
    assert generations.city_scopes("'; DROP TABLE forum_city; --") is None


@pytest.fixture
def fresh(transactional_db: None) -> Iterator[None]:
    """A connection of which nothing is known yet, as one that has just been made; and again afterwards."""
    connection.ensure_connection()
    for turn in range(2):
        if connection.vendor == "postgresql":
            connection.connection.execute("DEALLOCATE ALL")
            direct._prepared.pop(connection.connection, None)
        if not turn:
            yield


def _prepared() -> int:
    [count] = connection.connection.execute("SELECT count(*) FROM pg_prepared_statements").fetchone()
    return int(count)


def test_behind_a_pooler_nothing_is_prepared(fresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(direct, "_keeps_its_server", lambda _connection: False)
    for number in range(3):
        assert ask(SQL, number) == (number + 1, 7)
    assert connection.vendor != "postgresql" or _prepared() == 0


LAMP = "SELECT name FROM lamp WHERE name = %s"


@pytest.mark.parametrize("change", ["ALTER TABLE lamp ALTER name TYPE varchar(20)", "DEALLOCATE ALL"])
@pytest.mark.parametrize("within", [False, True])
def test_what_the_server_has_forgotten_or_planned_for_another_table_is_asked_anew(
    fresh: None, change: str, within: bool
) -> None:
    if connection.vendor != "postgresql":
        return
    connection.connection.execute("CREATE TEMPORARY TABLE lamp (name varchar(10))")
    assert execute(LAMP, ["oil"]) == execute(SQL, [2])[1:]
    connection.connection.execute(change)
    if within:
        with pytest.raises(DatabaseError), transaction.atomic():
            execute(LAMP, ["oil"])
    for _turn in range(2):
        with transaction.atomic() if within else nullcontext():
            assert execute(LAMP, ["oil"]) == []
            assert execute(SQL, [2]) == [(3, 7)]
    connection.connection.execute("DROP TABLE lamp")


def test_a_connection_that_is_lost_is_an_error_of_operation(fresh: None) -> None:
    if connection.vendor != "postgresql":
        return
    [(own,)] = execute("SELECT pg_backend_pid()")
    psycopg.connect(connection.connection.info.dsn).execute("SELECT pg_terminate_backend(%s)", [own])
    for _turn in range(2):
        with pytest.raises(OperationalError) as problem:
            execute(SQL, [2])
        assert Outage().notice(problem.value)
    connection.close()
    assert execute(SQL, [2]) == [(3, 7)]


def test_a_connection_remembers_only_so_many_queries(fresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(direct, "REMEMBERED", 2)
    for number in range(4):
        assert ask(f"SELECT CAST(%s AS bigint) + {number}, 7", 1) == (number + 1, 7)
    assert connection.vendor != "postgresql" or _prepared() == 2
