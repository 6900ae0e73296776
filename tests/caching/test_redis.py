"""Pages that processes share by way of Redis; and a Redis that is away, slow or empty, which nobody notices."""

import json
import os
import pickle
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest
import zstandard
from django.core.cache import caches
from pytest_django import Settings
from redis import Redis

from accounts.limits import take
from forum.actions.posts import add_reply
from forum.caching.coding import LONGEST_PAGE
from forum.caching.shared import PATIENCE, SharedShelf, may_be_kept, name_of, version
from forum.caching.steady import REST, SteadyRedisCache
from tests.caching.visitors import Site
from tests.races import together
from tests.world import World

type Cache = Callable[[], SteadyRedisCache]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A Redis of our own, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    folder = str(tmp_path_factory.mktemp("redis"))
    command = ["redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    client = Redis(port=int(port))
    for _attempt in range(200):
        try:
            client.ping()
            break
        except OSError:
            time.sleep(0.02)
    yield process, f"redis://127.0.0.1:{port}/0"
    process.kill()
    process.wait()


@pytest.fixture
def cache(server: tuple[subprocess.Popen[bytes], str]) -> Iterator[Cache]:
    """Give a function that connects one more process; each has a shelf of its own, and breath of its own."""
    Redis.from_url(server[1]).flushall()
    yield lambda: SteadyRedisCache(server[1], {"OPTIONS": {}})
    os.kill(server[0].pid, signal.SIGCONT)


def test_what_one_process_made_another_need_not_make(world: World, cache: Cache) -> None:
    first, second = Site(shared=cache()), Site(shared=cache())
    made, taken = first.get("/"), second.get("/")
    assert (made.was_kept, taken.was_kept) == (False, True)
    assert (made.headers, made.body) == (taken.headers, taken.body)
    assert second.get("/", ACCEPT_ENCODING="gzip").was_kept is False


def test_a_change_is_seen_in_every_process(world: World, cache: Cache) -> None:
    sites, path = [Site(shared=cache()), Site(shared=cache())], f"/t/{world.thread.pk}/"
    for number in range(3):
        add_reply(world.thread, by=world.cai, body=f"Plank number {number}.")
        assert all(f"Plank number {number}." in site.get(path).text for site in sites)
        assert sites[1].get(path).was_kept


def test_an_empty_redis_means_that_pages_are_made_again(world: World, cache: Cache) -> None:
    site, store = Site(shared=cache()), cache()
    site.get("/")
    store.clear()
    assert site.get("/").was_kept  # the process has its own
    assert Site(shared=cache()).get("/").status == 200


# A page that depends on nothing would hold for ever; the others are of numbers and depths that nobody can read.
PAGES = (
    b'=[[], "", [], 0, 9e9, 0]\nwords',
    b'=[[], "", [[1, 0]], 1e999, 9e9, 0]\nwords',
    b'=[[], "", [[1, %d]], 0, 9e9, 0]\nwords' % 10**30,
    b"=" + b"[" * 99_999,
    b"[" * 99_999,
)


def test_what_others_write_into_redis_is_read_as_words_and_never_run(
    world: World, cache: Cache, server: tuple[subprocess.Popen[bytes], str]
) -> None:
    site, store = Site(shared=cache()), cache()
    made = site.get("/")
    with Redis.from_url(server[1]) as redis:
        [name] = [key for key in redis.scan_iter() if b"page:" in key]
        for rubbish in (pickle.dumps(made), b"=", b'=["a"]\n', b"{", b"", b"7", b"=" + pickle.dumps(made), *PAGES):
            redis.set(name, rubbish)
            other = Site(shared=cache())
            assert (other.get("/").text, other.asked) == (made.text, 1), rubbish
        line, _end, _body = redis.get(name).removeprefix(b"=").partition(b"\n")  # type: ignore[union-attr]
        quick = json.dumps([*json.loads(line)[:-1], True]).encode()
        for body in (b"", b"no zstd", zstandard.compress(b"half")[:-2], zstandard.compress(bytes(LONGEST_PAGE + 1))):
            redis.set(name, b"=" + quick + b"\n" + body)
            other = Site(shared=cache())
            assert (other.get("/").text, other.asked) == (made.text, 1), body
    for value in (7, 2.5, "words", b"bytes", [1, None]):
        store.set("a", value)
        assert store.get("a") == value


def test_a_redis_that_is_slow_is_left_in_peace(
    world: World, cache: Cache, server: tuple[subprocess.Popen[bytes], str]
) -> None:
    store = cache()
    site = Site(shared=store)
    site.get("/")
    os.kill(server[0].pid, signal.SIGSTOP)
    begun = time.monotonic()
    for path in ("/cities/", "/c/stoneferry/", "/c/hilltop/"):
        assert site.get(path).status == 200
        assert site.get(path).was_kept
    assert store.rests_until > begun + REST - 1
    assert time.monotonic() - begun < REST


def test_a_redis_that_is_away_is_stood_in_for(world: World) -> None:
    store = SteadyRedisCache("redis://127.0.0.1:9/0", {"OPTIONS": {"instead": "local"}})
    assert store.add("a", 1)
    assert not store.add("a", 2)
    assert (store.get("a"), store.get_many(["a", "b"]), caches["local"].get("a")) == (1, {"a": 1}, 1)
    nothing = SteadyRedisCache("redis://127.0.0.1:9/0", {})
    assert nothing.add("a", 1)
    assert nothing.get("a") is None
    site = Site(shared=nothing)
    assert [site.get("/").was_kept for _round in range(2)] == [False, True]


def test_limits_hold_while_redis_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    store = SteadyRedisCache("redis://127.0.0.1:9/0", {"OPTIONS": {"instead": "local"}})
    monkeypatch.setattr("accounts.limits.cache", store)
    monkeypatch.setattr("django.conf.settings.RATE_LIMITS", {"acting": "2/1m"})
    assert [bool(take("acting", "somebody")) for _time in range(3)] == [False, False, True]


def test_of_many_who_want_a_page_at_once_one_makes_it(cache: Cache) -> None:
    shelves, waited = [SharedShelf(cache()) for _process in range(4)], []

    def ask(shelf: SharedShelf) -> Callable[[], None]:
        return lambda: waited.append(shelf.wait("page"))

    begun = time.monotonic()
    together([ask(shelf) for shelf in shelves])
    assert waited == [None] * 4  # whoever was to make it did not: in the end, everybody does
    assert PATIENCE <= time.monotonic() - begun < 10 * PATIENCE
    shelves[0].put("page", None)
    begun = time.monotonic()
    assert shelves[1].wait("page") is None
    assert time.monotonic() - begun < PATIENCE


def test_only_what_views_keep_is_looked_for(world: World) -> None:
    assert may_be_kept("/", "")
    assert may_be_kept(f"/t/{world.thread.pk}/", "page=2&hl=en")
    assert not may_be_kept("/", "color=red")
    assert not may_be_kept("/search/", "")
    assert not may_be_kept("/nowhere/", "")


def test_the_name_of_a_page_is_that_of_its_site_and_program() -> None:
    assert name_of(("a", "/")) == name_of(("a", "/")) != name_of(("b", "/"))
    assert len(name_of(("a", "/"))) == 40


def test_after_a_change_of_settings_the_pages_of_before_are_not_ours(settings: Settings) -> None:
    before = version.__wrapped__()
    assert version.__wrapped__() == before
    settings.OFFLINE_READING = not settings.OFFLINE_READING
    assert version.__wrapped__() != before
