"""Writers to SQLite come in turn, and none waits for ever."""

from threading import Event, Thread
from time import monotonic

import pytest
from django.db import OperationalError, connection, transaction

from accounts.statements import execute


def _hold(held: Event, free: Event) -> None:
    with transaction.atomic():
        held.set()
        free.wait(10)
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_writer_waits_for_the_other_one_and_gives_up_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        return
    held, free = Event(), Event()
    other = Thread(target=_hold, args=(held, free))
    other.start()
    held.wait(10)
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    begun = monotonic()
    with pytest.raises(OperationalError, match="locked"), transaction.atomic():
        pass
    assert 0.05 <= monotonic() - begun < 5
    monkeypatch.undo()
    free.set()
    with transaction.atomic():
        assert execute("SELECT 1") == [(1,)]
    other.join()
