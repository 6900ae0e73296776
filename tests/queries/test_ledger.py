"""The figures of the ledger are those one would count by hand, on both databases."""

from datetime import UTC, date, datetime, timedelta
from statistics import median

from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from forum.actions.moderation import hide_post, lock_thread
from forum.actions.pinning import pin_thread
from forum.actions.undoing import undo_event
from forum.events import record
from forum.models import Application, Case, City, Event, Report
from forum.permissions.roles import Viewer
from forum.queries.ledger import Ledger, ledger_of_city
from forum.queries.periods import first_year, months_of_years, terms_of_city
from tests.world import World, build_world

JANUARY = datetime(2026, 1, 10, 12, tzinfo=UTC)
VISITOR = Viewer()


def _months(city: City) -> Ledger:
    return ledger_of_city(VISITOR, city, months_of_years(2026, 2026, today=date(2026, 3, 31)))


def decided(world: World, *minutes: int, at: datetime = JANUARY) -> None:
    """Let applications have waited so long and be decided at one moment."""
    Application.objects.bulk_create(
        Application(
            city=world.stoneferry,
            user=world.rita,
            state=Application.State.REFUSED,
            created_at=at - timedelta(minutes=number),
            decided_at=at,
            decided_by=world.mei,
        )
        for number in minutes
    )


class MediansAreRight(TestCase):
    """For any times, the median that the database finds is the one of the statistics module."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(january=st.lists(st.integers(1, 9000), max_size=9), march=st.lists(st.integers(1, 9000), max_size=9))
    def test_median_of_each_month(self, january: list[int], march: list[int]) -> None:
        world = build_world()
        decided(world, *january)
        decided(world, *march, at=JANUARY + timedelta(days=60))
        lines = _months(world.stoneferry).lines
        for line, minutes in ((lines[0], january), (lines[1], []), (lines[2], march)):
            time = line.times.get("applications")
            assert (time is None) == (not minutes)
            if time:
                assert (time.count, time.median) == (len(minutes), timedelta(minutes=median(minutes)))


def test_acts_are_counted_by_month_kind_and_officer(world: World) -> None:
    pin_thread(world.thread, by=world.mei, at=JANUARY)
    lock_thread(world.thread, by=world.dan, at=JANUARY + timedelta(days=60))
    hide_post(world.reply, by=world.dan, reason="Rude", at=JANUARY + timedelta(days=61))
    ledger = _months(world.stoneferry)
    assert [line.decisions for line in ledger.lines] == [1, 0, 2]
    assert [(acts.place, acts.kind, acts.officer.username, acts.count) for acts in ledger.acts] == [
        (0, "thread.pinned", "mei", 1),
        (2, "post.hidden", "dan", 1),
        (2, "thread.locked", "dan", 1),
    ]


def test_what_was_taken_back_is_counted_when_it_was(world: World) -> None:
    lock_thread(world.thread, by=world.mei, at=JANUARY)
    undo_event(Event.objects.get(kind="thread.locked"), by=world.mei, at=JANUARY + timedelta(days=25))
    assert [line.undone for line in _months(world.stoneferry).lines] == [0, 1, 0]


def test_what_waits_now_is_counted(world: World) -> None:
    case = Case.objects.create(city=world.stoneferry, post=world.reply)
    Report.objects.create(case=case, reporter=world.cai, reason="spam")
    Application.objects.create(city=world.stoneferry, user=world.rita)
    Application.objects.create(city=world.hilltop, user=world.rita)
    assert _months(world.stoneferry).open == {"reports": 1, "holds": 0, "applications": 1, "appeals": 0}


def test_terms_begin_with_the_founding_and_with_each_new_mayor(world: World) -> None:
    began = timezone.now() + timedelta(days=10)
    record("mayor.followed", by=None, city=world.stoneferry, person=world.dan, at=began)
    lock_thread(world.thread, by=world.mei, at=began - timedelta(days=1))
    pin_thread(world.thread, by=world.dan, at=began + timedelta(days=1))
    decided(world, 30, at=began + timedelta(days=2))
    periods = terms_of_city(world.stoneferry)
    assert [period.mayor for period in periods.rows] == [world.mei, world.dan]
    ledger = ledger_of_city(VISITOR, world.stoneferry, periods)
    assert [acts.place for acts in ledger.acts if acts.kind.startswith("thread")] == [0, 1]
    assert ledger.lines[1].times["applications"].median == timedelta(minutes=30)


def test_first_year_is_that_of_the_oldest_act(world: World) -> None:
    record("thread.locked", by=world.mei, thread=world.thread, at=datetime(2009, 5, 1, tzinfo=UTC))
    assert first_year(world.stoneferry) == 2009


def test_other_cities_are_not_counted(world: World) -> None:
    decided(world, 30)
    assert all(not line.times and not line.decisions for line in _months(world.hilltop).lines)
