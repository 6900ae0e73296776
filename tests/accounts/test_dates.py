"""Dates as people say them: every month, leap days, both calendars, three languages; each request by itself."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.dates import as_read_by, calendar, say_day, say_moment, say_month, say_near, say_year
from accounts.lasting import Held, lasting, lasts_until
from accounts.models import User
from forum.actions.proclaiming import in_every_language
from tests.world import World

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
MONTHS = "January February March April May June July August September October November December".split()


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_its_name_and_the_years_differ_by_1911(month: int) -> None:
    day, name = date(2026, month, 9), MONTHS[month - 1]
    assert (say_day(day), say_month(day)) == (f"9 {name} 2026", f"{name} 2026")
    with calendar("roc"):
        assert (say_day(day), say_month(day), say_year(day)) == (f"9 {name} 115 ROC", f"{name} 115 ROC", "115 ROC")
    with translation.override("zh-hant"):
        assert (say_day(day), say_month(day)) == (f"2026 年 {month} 月 9 日", f"2026 年 {month} 月")
        with calendar("roc"):
            assert (say_day(day), say_month(day)) == (f"民國 115 年 {month} 月 9 日", f"民國 115 年 {month} 月")
            assert say_year(day) == "民國 115"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 2, 29), "民國 113 年 2 月 29 日"),
        (date(2000, 2, 29), "民國 89 年 2 月 29 日"),
        (date(1912, 2, 29), "民國 1 年 2 月 29 日"),
        (date(1912, 1, 1), "民國 1 年 1 月 1 日"),
        (date(1911, 12, 31), "1911 年 12 月 31 日"),
        (date(1840, 6, 28), "1840 年 6 月 28 日"),
    ],
)
def test_the_republic_begins_in_1912_and_what_is_older_stays_western(day: date, words: str) -> None:
    with translation.override("zh-hant"), calendar("roc"):
        assert say_day(day) == words


@given(st.dates(min_value=date(1912, 1, 1)))
def test_a_day_can_be_read_back_from_its_words(day: date) -> None:
    with translation.override("zh-hant"), calendar("roc"):
        year, month, number = map(int, re.fullmatch(r"民國 (\d+) 年 (\d+) 月 (\d+) 日", say_day(day)).groups())  # type: ignore[union-attr]
    assert date(year + 1911, month, number) == day


def test_a_moment_is_of_the_year_it_is_where_its_reader_lives() -> None:
    at = datetime(2025, 12, 31, 17, 30, tzinfo=UTC)
    with translation.override("zh-hant"), calendar("roc"), timezone.override("Asia/Taipei"):
        assert say_moment(at) == "民國 115 年 1 月 1 日 01:30"
    with translation.override("zh-hant"), calendar("roc"), timezone.override("UTC"):
        assert say_moment(at) == "民國 114 年 12 月 31 日 17:30"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 23, 3, 59, tzinfo=UTC), "1 minute ago"),
        (datetime(2026, 11, 23, 3, 40, tzinfo=UTC), "20 minutes ago"),
        (datetime(2026, 11, 23, 2, 59, tzinfo=UTC), "1 hour ago"),
        (datetime(2026, 11, 23, 1, 30, tzinfo=UTC), "2 hours ago"),
        (datetime(2026, 3, 2, tzinfo=UTC), "2 March"),
        (datetime(2025, 3, 2, tzinfo=UTC), "2 March 114 ROC"),
    ],
)
def test_near_moments_know_one_from_many_and_a_year_only_when_it_is_another(at: datetime, words: str) -> None:
    with calendar("roc"):
        assert say_near(at, NOON) == words


def test_chinese_has_no_plural() -> None:
    with translation.override("zh-hant"):
        said = [say_near(datetime(2026, 11, 23, 3, minute, tzinfo=UTC), NOON) for minute in (59, 40)]
    assert said == ["1 分鐘前", "20 分鐘前"]


def test_one_reader_s_calendar_is_nobody_else_s() -> None:
    def read(name: str) -> set[str]:
        said = set()
        for _turn in range(200):
            with calendar(name):
                said.add(say_year(NOON))
        return said | {say_year(NOON)}

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(read, ("roc", "western"))) == [{"115 ROC", "2026"}, {"2026"}]


def test_a_visitor_s_years_are_remembered_by_a_cookie(world: World, client: Client) -> None:
    address, year = f"/t/{world.thread.pk}/", world.opener.created_at.year
    assert f"{year - 1911} ROC" not in client.get(address).content.decode()
    client.post("/accounts/preferences/", {"calendar": "roc"})
    page = client.get(address).content.decode()
    assert f"{year - 1911} ROC, " in page
    assert f'<time datetime="{world.opener.created_at.isoformat(timespec="seconds")}"' in page
    assert f"{year - 1911} ROC" not in Client().get(address).content.decode()


def test_a_member_s_years_hold_on_every_device_and_in_what_is_sent_to_them(world: World, client: Client) -> None:
    User.objects.filter(pk=world.rita.pk).update(calendar="roc", language="zh-hant")
    client.force_login(world.rita)
    assert f"民國 {world.opener.created_at.year - 1911} 年" in client.get(f"/t/{world.thread.pk}/").content.decode()
    world.rita.refresh_from_db()
    with as_read_by(world.rita):
        assert say_day(NOON) == "民國 115 年 11 月 23 日"
    assert "2026" in say_day(NOON)


def test_what_stays_for_everybody_is_written_in_western_years_and_the_zone_of_the_site() -> None:
    with calendar("roc"), timezone.override("America/New_York"):
        chinese, english = in_every_language(lambda: say_moment(NOON))
    assert (chinese, english) == ("2026 年 11 月 23 日 12:00", "23 November 2026, 12:00")


@given(st.integers(-200_000, 60_000_000), st.sampled_from(["Asia/Taipei", "America/New_York"]))
def test_the_words_of_a_moment_hold_until_they_say_they_do(seconds: int, zone: str) -> None:
    at = NOON - timedelta(seconds=seconds)
    with timezone.override(zone):
        with lasting() as held:
            words = say_near(at, NOON)
        until = held.until
        assert until is not None and until > NOON
        assert {say_near(at, NOON + (until - NOON) * part / 16) for part in range(16)} == {words}
        if -60 < seconds < 6 * 3600:  # what is older changes at midnight at the earliest
            assert say_near(at, until) != words or until - NOON > timedelta(hours=1)


def test_what_is_part_of_something_shortens_how_long_that_holds() -> None:
    with lasting() as whole:
        with lasting() as part:
            lasts_until(NOON)
            lasts_until(NOON + timedelta(hours=1))
            lasts_until(None)
        assert (part, whole) == (Held(NOON), Held(NOON))
        lasts_until(NOON - timedelta(hours=1))
    assert whole.until == NOON - timedelta(hours=1)
    lasts_until(NOON)  # where nobody asks, nothing happens
