"""The cache in the database: what is kept under a key, for how long, and by whom of two."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import slots
from accounts.limits import take
from tests.races import together


@pytest.fixture
def _emptied() -> Iterator[None]:
    yield
    cache.clear()  # no model has this table, so nobody else does


@pytest.mark.django_db
def test_a_key_is_taken_until_it_expires() -> None:
    with time_machine.travel("2026-09-03T12:00:00Z", tick=False) as clock:
        assert cache.add("lamp", {"lit": True}, 60)
        assert not cache.add("lamp", "out", 60)
        assert cache.get_many(["lamp", "bridge"]) == {"lamp": {"lit": True}}
        clock.shift(61)
        assert cache.get("lamp") is None
        assert cache.add("lamp", "out", None)
        clock.shift(86_400 * 900)
        assert cache.get("lamp") == "out"


@pytest.mark.django_db
def test_any_sign_may_stand_in_a_key() -> None:
    assert cache.add('a "quoted" \\ 橋', 1, 60)
    assert cache.get_many(['a "quoted" \\ 橋']) == {'a "quoted" \\ 橋': 1}


@pytest.mark.django_db
def test_counting_the_first_act_takes_one_statement() -> None:
    with CaptureQueriesContext(connection) as asked:
        take("posting", "somebody")
    assert len(asked) == 1


@pytest.mark.django_db
def test_what_has_expired_is_thrown_out_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    with time_machine.travel("2026-09-03T12:00:00Z", tick=False) as clock:
        cache.add("lamp", 1, 60)
        clock.shift(61)
        monkeypatch.setattr(slots, "SWEPT", 1)  # now
        cache.add("another", 1, 60)
        with connection.cursor() as cursor:
            cursor.execute("SELECT cache_key FROM cache")
            assert [key for (key,) in cursor.fetchall()] == [cache.make_key("another")]


@pytest.mark.django_db(transaction=True)
def test_two_never_take_the_same_slot(transactional_db: None, _emptied: None) -> None:
    kept: list[bool] = []
    together([lambda: kept.append(cache.add("lamp", 1, 60))] * 8)
    assert sorted(kept) == [False] * 7 + [True]


@pytest.mark.django_db(transaction=True)
def test_only_counting_does_not_wait_for_the_disk(as_in_production: None, _emptied: None) -> None:
    take("posting", "somebody")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)
