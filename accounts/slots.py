"""The cache in the database, as counting limits asks it: one statement to look, one to take a slot."""

import base64
import json
import pickle
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import UTC, datetime
from random import randrange
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connection, transaction
from django.utils import timezone

from accounts.statements import LIGHTLY, execute

_AMONG: Final = {"postgresql": "= ANY(%s)", "sqlite": "IN (SELECT value FROM json_each(%s))"}
SWEPT = 256  # every how many times what has expired is thrown out


class SlotCache(DatabaseCache):
    """Django's cache in the database, whose `add` alone takes five statements and waits for the disk.

    What is added here may be lost with the machine, as anything in a cache may.
    """

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(table, params)
        self.table = table

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        """Return what is kept under the keys and has not expired."""
        named = {self.make_key(key, version=version): key for key in keys}
        sql = f"SELECT cache_key, value FROM {self.table} WHERE cache_key {_AMONG[connection.vendor]} AND expires > %s"
        wanted = json.dumps([*named]) if connection.vendor == "sqlite" else [*named]
        found = execute(sql, [wanted, _stored(timezone.now())])
        return {named[name]: pickle.loads(base64.b64decode(value)) for name, value in found}

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep the value unless there is one under the key; return whether it was kept."""
        until = self.get_backend_timeout(timeout)
        expires = datetime.max.replace(tzinfo=UTC) if until is None else datetime.fromtimestamp(until, tz=UTC)
        pickled = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("ascii")
        moments = _stored(expires), _stored(timezone.now())
        # On SQLite in a transaction, for only these wait for their turn (accounts/sqlite3).
        is_alone = connection.vendor == "sqlite" and not connection.in_atomic_block
        with transaction.atomic() if is_alone else nullcontext():
            kept = execute(self._adding(), [self.make_key(key, version=version), pickled, *moments])
        if not randrange(SWEPT):
            self._sweep()
        return bool(kept)

    def _adding(self) -> str:
        given = "VALUES (%s, %s, %s)"
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            given = f"SELECT %s, %s, %s::timestamptz FROM (SELECT {LIGHTLY}) AS chosen"
        return (
            f"INSERT INTO {self.table} AS present (cache_key, value, expires) {given}"
            " ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"
            " WHERE present.expires <= %s RETURNING 1"
        )

    def _sweep(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {self.table}")
            self._cull(  # type: ignore[attr-defined]
                connection.alias, cursor, timezone.now().replace(microsecond=0), cursor.fetchone()[0]
            )


def _stored(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
