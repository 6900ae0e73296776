"""The shortest way to ask PostgreSQL: the library below psycopg, and queries that the server has planned already."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final
from weakref import WeakKeyDictionary

import psycopg
from psycopg import OperationalError
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import DiagnosticField, ExecStatus, TransactionStatus

type Connection = psycopg.Connection[Any]

REMEMBERED: Final = 300  # queries that one connection has prepared; others are asked in full
LOST: Final = b"26000"  # the server knows no such statement
CHANGED: Final = b"0A000"  # what it has planned would give other columns now: a migration has changed the table
# The names of queries by connection. None for one behind a pooler, whose server changes: it is asked in full each time.
_prepared: WeakKeyDictionary[Connection, dict[bytes, bytes] | None] = WeakKeyDictionary()


def ask(connection: Connection, query: str, values: Sequence[int | str]) -> tuple[int, ...] | None:
    """Return the row of a query for whole numbers, None when it finds none; its places are written %s.

    psycopg needs eight times as long for it, and wakes the server more than once. Raises what psycopg raises.
    """
    result = _answer(connection, numbered(query), [str(value).encode() for value in values])
    if not result.ntuples:
        return None
    return tuple(int(result.get_value(0, column) or 0) for column in range(result.nfields))


def rows(connection: Connection, query: bytes, values: Sequence[bytes | None]) -> list[tuple[Any, ...]]:
    """Return the rows of a query as psycopg would load them; its places are $1, $2 … Raises what psycopg raises."""
    result = _answer(connection, query, values)
    transformer = Transformer(connection)
    transformer.set_pgresult(result)
    return transformer.load_rows(0, result.ntuples, tuple)


def dumped(connection: Connection, values: Sequence[Any]) -> list[bytes | None]:
    """Return values as the server reads them. Raises DataError for a text with a NUL, which would end there."""
    return Transformer(connection).dump_sequence(values, [PyFormat.TEXT] * len(values))  # type: ignore[return-value]


def _answer(connection: Connection, query: bytes, given: Sequence[Any]) -> Any:
    server = connection.pgconn
    name = _name(connection, query)
    if server.transaction_status == TransactionStatus.IDLE and not connection.autocommit:
        # Nobody else begins the transaction: without it a lock would be let go at once.
        _right(server.exec_(connection._get_tx_start_command()))
    if name is None:
        return _right(server.exec_params(query, given))
    result = server.exec_prepared(name, given)
    if _is_forgotten(connection, result) and server.transaction_status == TransactionStatus.IDLE:
        return _right(server.exec_params(query, given))
    return _right(result)


def _is_forgotten(connection: Connection, result: Any) -> bool:
    """Return whether the server could not use what it had prepared: then it is not asked for that again.

    A transaction fails by it, once: nothing can be asked in it any more.
    """
    state = result.error_field(DiagnosticField.SQLSTATE) if result.status == ExecStatus.FATAL_ERROR else None
    if state == LOST:
        _prepared[connection] = None
    elif state == CHANGED:
        _prepared.pop(connection, None)
    return state in (LOST, CHANGED)


def _name(connection: Connection, query: bytes) -> bytes | None:
    """Return the name under which the server of the connection knows the query; None where it is to know none."""
    try:
        names = _prepared[connection]
    except KeyError:
        names = _prepared[connection] = _no_names(connection)
    if names is None:
        return None
    name = names.get(query)
    if name is None and len(names) < REMEMBERED:
        name = f"direct_{len(names)}".encode()
        _right(connection.pgconn.prepare(name, query))
        names[query] = name
    return name


def _no_names(connection: Connection) -> dict[bytes, bytes] | None:
    if not _keeps_its_server(connection):
        return None
    _right(connection.pgconn.exec_(b"DEALLOCATE ALL"))  # what had names before they were forgotten
    return {}


def _keeps_its_server(connection: Connection) -> bool:
    """Return whether who greeted us is who answers: a pooler gives out numbers of its own."""
    answered = _right(connection.pgconn.exec_params(b"SELECT pg_backend_pid()", []))
    return answered.get_value(0, 0) == str(connection.pgconn.backend_pid).encode()


def _right(result: Any) -> Any:
    if result.status not in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        problem = error_from_result(result)
        # No server has said this: there is none any more. psycopg, too, calls that an error of operation elsewhere.
        raise problem if problem.sqlstate else OperationalError(str(problem))
    return result


@lru_cache(500)
def numbered(query: str) -> bytes:
    """Return the query with its places as the server wants them: $1, $2 …"""
    first, *others = query.split("%s")
    return "".join([first, *(f"${number}{part}" for number, part in enumerate(others, 1))]).encode()
