"""The page of the ledger, its drawings, and the same figures as CSV."""

import csv
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone

from forum.actions.moderation import lock_thread
from forum.actions.pinning import pin_thread
from forum.events import record
from forum.models import Application, City
from tests.clients import browser
from tests.world import World

PLOT = '<svg class="plot__bars"'

type Counting = Callable[[int], AbstractContextManager[object]]


def _page(path: str = "") -> str:
    answer = Client().get(f"/c/stoneferry/ledger/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def _decided(world: World, hours: int) -> None:
    now = timezone.now()
    Application.objects.create(
        city=world.stoneferry,
        user=world.rita,
        state="refused",
        created_at=now - timedelta(hours=hours),
        decided_at=now,
        decided_by=world.mei,
    )


def test_drawing_and_table_say_the_same(world: World) -> None:
    lock_thread(world.thread, by=world.dan)
    _decided(world, 3)
    _decided(world, 9)
    page = _page()
    assert "6 hours" in page.split("<table")[1]
    drawing = page.partition("Applications: median time to decide")[2].split("</svg>")[0]
    assert "6 hours" in drawing
    assert "<rect" in drawing


def test_drawings_have_words_for_those_who_do_not_see_them_and_no_style(world: World) -> None:
    drawing = _page().split(PLOT)[1].split("</svg>")[0]
    assert 'role="img"' in drawing
    assert "<title id=" in drawing
    assert "<desc id=" in drawing
    assert "style=" not in drawing


def test_acts_stand_by_kind_and_officer_in_words(world: World) -> None:
    lock_thread(world.thread, by=world.dan)
    pin_thread(world.thread, by=world.mei)
    table = _page().split('id="acts"')[1]
    assert "Locked a thread" in table
    assert "Pinned a thread" in table
    assert '?person=dan">Dan</a>' in table


def test_years_lead_on_as_far_as_the_city_goes(world: World) -> None:
    this_year = timezone.now().year
    assert 'rel="prev"' not in _page()
    record("thread.locked", by=world.mei, thread=world.thread, at=timezone.now() - timedelta(days=800))
    assert 'rel="prev"' in _page()
    assert 'rel="next"' in _page(f"?year={this_year - 1}")
    for year in (this_year + 1, this_year - 4, "abc", "٢٠٢٦", "20260"):
        assert Client().get(f"/c/stoneferry/ledger/?year={year}").status_code == 404


def test_terms_are_those_of_the_mayors(world: World) -> None:
    table = _page("?by=term").split("<table")[1]
    assert "梅市長" in table


def test_csv_holds_every_figure_of_the_page(world: World) -> None:
    lock_thread(world.thread, by=world.dan)
    _decided(world, 6)
    answer = Client().get("/c/stoneferry/ledger.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(StringIO(answer.getvalue().decode())))
    month = timezone.localdate().replace(day=1).isoformat()
    figures = [((row["by"], row["figure"], row["kind"], row["officer"]), row["value"]) for row in rows]
    found = {figure: value for figure, value in figures if value != "0"}
    assert found["month", "median_hours", "applications", ""] == "6.0"
    assert found["term", "median_hours", "applications", ""] == "6.0"
    assert found["month", "acts", "thread.locked", "dan"] == "1"
    assert month in {row["since"] for row in rows}
    assert (("now", "open", "reports", ""), "0") in figures


def test_city_for_its_citizens_keeps_its_ledger_to_itself(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    for path in ("ledger/", "ledger.csv"):
        assert Client().get(f"/c/stoneferry/{path}").status_code == 404
        assert browser(world.coco).get(f"/c/stoneferry/{path}").status_code == 200


@pytest.mark.parametrize("count", [1, 200])
@pytest.mark.parametrize("path", ["ledger/", "ledger/?by=term", "ledger.csv"])
def test_ledger_asks_the_same_for_any_number(
    world: World, django_assert_max_num_queries: Counting, path: str, count: int
) -> None:
    for number in range(count):
        record("thread.locked", by=world.mei if number % 2 else world.dan, thread=world.thread)
        _decided(world, number + 1)
    with django_assert_max_num_queries(26 if path.endswith("csv") else 12):
        answer = browser().get(f"/c/stoneferry/{path}")
        assert b"".join(answer) if answer.streaming else answer.content


def test_no_number_in_a_drawing_bears_a_comma(world: World) -> None:
    page = browser(world.mei, HTTP_ACCEPT_LANGUAGE="zh-hant").get("/c/stoneferry/ledger/").content.decode()
    for value in re.findall(r'\b(?:x|y|width|height|y1|x2)="([^"]*)"', page.split(PLOT)[1].split("</svg>")[0]):
        assert re.fullmatch(r"\d+", value)
