"""A database that is restarted, or away for long; and one file that somebody else writes in for long."""

import math
import sqlite3
import time
from collections.abc import Iterator
from threading import Event, Thread

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client
from psycopg_pool import PoolTimeout

from accounts.outages import REST, Outage, outage
from forum.models import Post
from tests.caching.passage import Passage
from tests.caching.visitors import Site
from tests.clients import browser
from tests.servers import Server
from tests.world import World, build_world

PATIENCE = 2 + 3  # seconds: for the pool, and to spare
ENGLISH, CHINESE = {"Accept-Language": "en"}, {"Accept-Language": "zh-TW"}


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


@pytest.fixture
def away() -> Iterator[Outage]:
    """Have the site know that the database is away, until it forgets it."""
    problem = OperationalError("away")
    problem.__cause__ = PoolTimeout("away")
    assert outage.notice(problem)
    outage._until = math.inf
    yield outage
    outage.forget()


def test_while_the_database_is_away_a_page_says_so_in_the_language_of_the_reader(client: Client, away: Outage) -> None:
    english, chinese = client.get("/", headers=ENGLISH), client.get("/t/1/", headers=CHINESE)
    assert (english.status_code, chinese.status_code) == (503, 503)
    assert "We will be back in a moment" in english.content.decode()
    assert 'lang="zh-hant"' in chinese.content.decode()
    assert english.headers["Retry-After"] == str(round(REST))
    assert Site().get("/").status == 503
    part = client.post("/t/1/replies/", {"body": "Four planks."}, headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Retarget"]) == (503, "#overlay")
    away.forget()
    assert not away.is_on


@pytest.mark.django_db
def test_only_errors_that_waiting_may_cure_count() -> None:
    lost, slow = psycopg.InterfaceError("the connection is closed"), psycopg.errors.QueryCanceled("slow")
    busy, wrong = sqlite3.OperationalError("database is locked"), sqlite3.OperationalError("no such table")
    busy.sqlite_errorcode, wrong.sqlite_errorcode = sqlite3.SQLITE_BUSY_TIMEOUT, sqlite3.SQLITE_ERROR
    cure, fault = (busy, wrong) if connection.vendor == "sqlite" else (lost, slow)
    for cause, is_away in ((cure, True), (fault, False)):
        problem = OperationalError("away")
        problem.__cause__ = cause
        assert Outage().notice(problem) is is_away
    assert not Outage().notice(ValueError())
    assert not Outage().notice(None)


@pytest.fixture
def site_behind(transactional_db: None) -> Iterator[tuple[Server, Passage]]:
    at = connection.settings_dict
    passage = Passage(at["HOST"], int(at["PORT"]))
    server = Server(f"postgres://{at['USER']}:{at['PASSWORD']}@127.0.0.1:{passage.port}/{at['NAME']}")
    try:
        server.wait()
        yield server, passage
    finally:
        server.end()
        passage.close()


def test_a_restart_of_the_database_asks_for_none_of_the_site(request: pytest.FixtureRequest, world: World) -> None:
    if connection.vendor == "sqlite":  # a file is never away
        return
    server, passage = request.getfixturevalue("site_behind")
    session = f"sessionid={browser(world.coco).cookies['sessionid'].value}"
    stop, met = Event(), []

    def read() -> None:
        while not stop.is_set():
            met.append(server.ask("/", session)[0].status)

    assert {server.ask("/", cookies)[0].status for cookies in ("", session)} == {200}
    for _restart in range(2):  # shorter than anybody notices
        passage.cut()
        assert {server.ask("/", cookies)[0].status for cookies in ("", session)} == {200}
    reader = Thread(target=read)
    reader.start()
    passage.close()
    begun = time.monotonic()
    while met.count(503) < 3:  # who loses a connection hears it, the next one waits in vain, and then it is known
        assert time.monotonic() - begun < PATIENCE
        time.sleep(0.01)
    begun = time.monotonic()
    answer, page = server.ask("/")
    assert (answer.status, "<h1" in page, time.monotonic() - begun < 1) == (503, True, True)
    passage.open()
    begun, seen = time.monotonic(), len(met)
    while met[-1] != 200:
        assert time.monotonic() - begun < REST + PATIENCE
        time.sleep(0.01)
    first = met.index(200, seen)
    stop.set()
    reader.join()
    assert set(met) <= {200, 503}
    assert set(met[first:]) == {200}


def test_while_somebody_writes_for_long_in_a_file_others_read(world: World) -> None:
    if connection.vendor != "sqlite":  # elsewhere nobody who reads ever waits for who writes
        return
    site, coco, thread = Site(), browser(world.coco, raise_request_exception=False), f"/t/{world.thread.pk}/"
    pages = (thread, "/c/stoneferry/", "/c/stoneferry/b/general/", "/")
    coco.get(thread)
    site.get(thread)
    connection.cursor().execute("PRAGMA busy_timeout = 50")
    writer = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    try:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE forum_thread SET title = 'Half written'")
        assert site.get(thread).was_kept
        assert {site.uncached(page).status for page in pages} == {200}
        assert {coco.get(page).status_code for page in pages} == {200}
        assert "Half written" not in site.uncached(thread).text
        refused = coco.post(f"{thread}replies/", {"body": "Four planks."})
        assert refused.status_code == 503
        assert not outage.is_on
    finally:
        writer.execute("ROLLBACK")
        writer.close()
    assert coco.post(f"{thread}replies/", {"body": "Four planks."}).status_code == 302
    assert Post.objects.filter(body="Four planks.").count() == 1
