"""On SQLite what is written goes from the log into the file beside the requests."""

import threading
import time

import pytest
from django.db import connection

from forum.management import checkpoints
from forum.management.checkpoints import put_back, start_checkpoints

PATIENCE = 20.0  # seconds
SOME = 40


def _write(times: int = SOME) -> None:
    with connection.cursor() as cursor:
        for number in range(times):
            cursor.execute(f"PRAGMA user_version = {number}")  # each a page in the log


def _log() -> tuple[int, int]:
    """Return how many pages the log holds, and how many of them stand in the file, too."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        _busy, pages, done = cursor.fetchone()
    return pages, done


@pytest.mark.django_db(transaction=True)
def test_a_log_that_has_grown_long_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        return
    _write()
    put_back()
    _write()
    grown, _done = _log()
    monkeypatch.setattr(checkpoints, "LONG", SOME // 2)
    put_back()
    _write(1)
    pages, done = _log()
    assert pages == done < SOME <= grown


@pytest.mark.django_db(transaction=True)
def test_it_is_done_beside_the_requests_and_ends_when_told() -> None:
    before = threading.active_count()
    stop = start_checkpoints(every=0.01)
    try:
        assert (threading.active_count() > before) is (connection.vendor == "sqlite")
    finally:
        stop.set()
    end = time.monotonic() + PATIENCE
    while threading.active_count() > before and time.monotonic() < end:
        threading.Event().wait(0.01)
    assert threading.active_count() <= before
