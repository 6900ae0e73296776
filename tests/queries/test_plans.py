"""What is asked further on in lists, by filters and by the clock reads no growing table from end to end either.

What every page asks at first is looked at where the table of answers is tried (tests/permissions/test_table.py).
"""

import re
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from forum.actions.attachments import sweep_images
from forum.actions.marks import forget_old_marks
from forum.actions.recounting import recount_writers
from forum.actions.settling import settle_due
from forum.caching.shown import SHOWN
from forum.mailing.sending import forget_letters, send_due
from forum.mailing.sorting import open_bulletins, sort_news
from forum.models import Post, Thread
from forum.notifying.delivering import tell_waiting
from forum.publishing.sweeping import sweep_books
from forum.queries.paging import keyset
from tests.clients import browser
from tests.plans import recorded, scans
from tests.world import World

BOARD, LOG = "/c/stoneferry/b/general/", "/c/stoneferry/log/"
MARKS = {"active": "2026-09-01T00:00:00+00:00~9", "new": "2026-09-01T00:00:00+00:00~9"}
MARKS |= {"recommended": "0~9", "views": "3~9"}
FURTHER_ON = [
    *(f"{BOARD}?sort={sort}&{way}={mark}" for sort, mark in MARKS.items() for way in ("after", "before")),
    *(f"{BOARD}?month=2026-09&sort={sort}" for sort in ("active", "new")),
    *(f"/cities/?sort={sort}&page=2" for sort in ("active", "newest", "recommended", "citizens", "new")),
    f"{LOG}?kind=office",
    f"{LOG}?name=mei",
    f"{LOG}?after={MARKS['new']}",
    f"/u/cai/?after={MARKS['new']}",
    f"/u/cai/recommendations/?after={MARKS['new']}",
    f"/me/notifications/?after={MARKS['new']}",
    f"/me/watches/?kind=city&after={MARKS['new']}",
    f"/c/stoneferry/citizens/?after={MARKS['new']}",
]


def test_further_on_in_lists_nothing_is_read_from_end_to_end(world: World) -> None:
    asked: dict[str, Any] = {}
    for person in (None, world.cai, world.mei, world.ada):
        client = browser(person)
        for path in FURTHER_ON:
            with recorded(asked):
                client.get(path.replace("+", "%2B"))
    assert len(asked) > 60
    assert not scans(asked), "\n".join(scans(asked))


def test_the_clock_reads_nothing_from_end_to_end(world: World) -> None:
    asked: dict[str, Any] = {}
    now = timezone.now()
    with recorded(asked):
        for at in (now, now + timedelta(days=40)):
            settle_due(at)
            list(tell_waiting())
            sort_news(at)
            open_bulletins(at)
            send_due(at)
            recount_writers(at)
            forget_old_marks(at)
            sweep_images(at)
            sweep_books(at)
            forget_letters(at)
    assert not scans(asked), "\n".join(scans(asked))


def test_what_triggers_look_up_they_find_by_an_index(world: World) -> None:
    looked_up = [sql for shown in SHOWN for sql in (*shown.scopes.values(), *shown.each.values()) if "SELECT" in sql]
    asked = {f"SELECT * FROM ({re.sub(r'{row}[.][a-z_]+', '1', sql)}) AS found": None for sql in looked_up}
    assert len(asked) >= 10
    assert not scans(asked), "\n".join(scans(asked))


def test_who_goes_is_looked_for_by_an_index_wherever_something_leads_to_them(world: World) -> None:
    links = [field for model in apps.get_models() for field in model._meta.local_fields if field.remote_field]
    asked = {f"SELECT 1 FROM {link.model._meta.db_table} WHERE {link.column} = 1": None for link in links}
    assert len(asked) > 100
    assert not scans(asked), "\n".join(scans(asked))


def test_a_scan_is_found(world: World) -> None:
    asked: dict[str, Any] = {}
    with recorded(asked):
        list(Post.objects.filter(body="It is nowhere in an index"))
    assert len(scans(asked)) == 1


def test_a_page_begins_within_the_index_at_its_mark(world: World) -> None:
    rows: QuerySet[Thread] = Thread.objects.filter(board=world.general)
    asked: dict[str, Any] = {}
    with recorded(asked):
        keyset(rows, field="recommendations_count", marks={"after": "0~9"})
    [(sql, params)] = asked.items()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # with three rows it would rather read all and sort them
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
            )
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}", params)
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    if connection.vendor == "postgresql":  # of one board or of all: with three rows both cost the same
        assert "ROW(recommendations_count, id) <" in plan.partition("Index Cond:")[2].splitlines()[0]
    else:
        assert "board_by_recommended" in plan
    assert "Sort" not in plan and "TEMP B-TREE" not in plan
