"""The shortest way to ask PostgreSQL: the library below psycopg, and a query that the server has parsed already."""

from collections.abc import Sequence
from typing import Any, Final
from weakref import WeakKeyDictionary

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus

type Connection = psycopg.Connection[Any]

LOST: Final = b"26000"  # the server knows no such statement: a pooler has given the connection another server
# The names of queries by connection. None for a connection whose server changes: it is asked in full each time.
_prepared: WeakKeyDictionary[Connection, dict[str, bytes] | None] = WeakKeyDictionary()


def ask(connection: Connection, query: str, values: Sequence[int | str]) -> tuple[int, ...] | None:
    """Return the row of a query for whole numbers, None when it finds none; its places are written %s.

    psycopg needs eight times as long for it, and wakes the server more than once. Raises what psycopg raises.
    """
    given = [str(value).encode() for value in values]
    result = _answer(connection, query, given)
    if result.status != ExecStatus.TUPLES_OK:
        raise error_from_result(result)
    if not result.ntuples:
        return None
    return tuple(int(result.get_value(0, column) or 0) for column in range(result.nfields))


def _answer(connection: Connection, query: str, given: list[bytes]) -> Any:
    server = connection.pgconn
    if server.transaction_status != TransactionStatus.IDLE:  # where a mistake would end what others do
        return server.exec_params(_numbered(query), given)
    names = _prepared.setdefault(connection, {})
    if names is None:
        return server.exec_params(_numbered(query), given)
    if query not in names:
        name = f"direct_{len(names)}".encode()
        made = server.prepare(name, _numbered(query))
        if made.status != ExecStatus.COMMAND_OK:
            raise error_from_result(made)
        names[query] = name
    result = server.exec_prepared(names[query], given)
    if result.status == ExecStatus.FATAL_ERROR and result.error_field(psycopg.pq.DiagnosticField.SQLSTATE) == LOST:
        _prepared[connection] = None
        return server.exec_params(_numbered(query), given)
    return result


def _numbered(query: str) -> bytes:
    """Return the query with its places as the server wants them: $1, $2 …"""
    first, *others = query.split("%s")
    return "".join([first, *(f"${number}{part}" for number, part in enumerate(others, 1))]).encode()
