"""Dates and moments as their reader says them: language, time zone, and western years or those of the Republic."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.dateformat import DateFormat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.lasting import lasts_until
from accounts.models import User
from accounts.preferences import supported

# The first year of the Republic of China is 1912 (calendar of 2 January 1912); months and days are the western ones.
BEFORE_THE_REPUBLIC: Final = 1911

_calendar: ContextVar[str] = ContextVar("calendar", default=User.Calendar.WESTERN)


@contextmanager
def calendar(name: str) -> Iterator[None]:
    """Count years by one of User.Calendar within; each request and each mail has its own."""
    token = _calendar.set(name)
    try:
        yield
    finally:
        _calendar.reset(token)


def calendar_now() -> str:
    """Return the calendar by which years are counted at present."""
    return _calendar.get()


@contextmanager
def as_read_by(person: User) -> Iterator[None]:
    """Speak to one person within: their language, time zone and calendar, whoever asks for the page."""
    language = supported(person.language) or settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(ZoneInfo(person.time_zone)), calendar(person.calendar):
        yield


class _Words(DateFormat):
    """Django's patterns, with years as the reader counts them."""

    def Y(self) -> Any:  # noqa: N802 (the pattern's letter)
        """Return the year; those before the Republic have only a western number."""
        year = super().Y()
        if _calendar.get() == User.Calendar.ROC and int(year) > BEFORE_THE_REPUBLIC:
            return pgettext("year", "%(number)s ROC") % {"number": int(year) - BEFORE_THE_REPUBLIC}
        return year


def _say(at: date, pattern: str) -> str:
    return _Words(timezone.localtime(at) if isinstance(at, datetime) else at).format(pattern)


def say_moment(at: datetime) -> str:
    """Return a moment whole: 23 November 2026, 20:45."""
    return _say(at, pgettext("date and time", "j F Y, H:i"))


def say_moment_and_weekday(at: datetime) -> str:
    """Return a moment for who has to recognise it: Mon 23 November 2026 20:45."""
    return _say(at, pgettext("date and time", "D j F Y H:i"))


def say_day(at: date) -> str:
    """Return a day, or the day of a moment: 23 November 2026."""
    return _say(at, pgettext("date", "j F Y"))


def say_month(at: date) -> str:
    """Return a month: November 2026."""
    return _say(at, pgettext("month", "F Y"))


def say_year(at: date) -> str:
    """Return the number of a year, for the inside of a sentence: 2026."""
    return _say(at, "Y")


def say_today() -> str:
    """Return this day, which holds until midnight: 23 November 2026."""
    lasts_until_tomorrow()
    return say_day(timezone.localtime())


def lasts_until_tomorrow() -> None:
    """Say that what is being written holds until midnight, where the reader is."""
    lasts_until(_midnight_after(timezone.localtime()))


def say_near(at: datetime, now: datetime) -> str:
    """Return `at` as a reader says it at `now`: minutes or hours ago, yesterday, a day of this year, a date."""
    minutes, day, today = (now - at) // timedelta(minutes=1), timezone.localtime(at), timezone.localtime(now)
    if -1 <= minutes < 1:
        lasts_until(at + timedelta(minutes=1))
        return _("just now")
    if 1 <= minutes < 60:
        lasts_until(at + timedelta(minutes=minutes + 1))
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes) % {"count": minutes}
    hours, days = minutes // 60, (today.date() - day.date()).days
    lasts_until(_midnight_after(today) if at < now else at - timedelta(minutes=1))
    if hours > 0 and (days == 0 or hours < 6):
        lasts_until(at + timedelta(hours=hours + 1))
        return ngettext("%(count)s hour ago", "%(count)s hours ago", hours) % {"count": hours}
    if days == 1:
        return _("yesterday")
    if day.year == today.year:
        return _say(at, pgettext("day of this year", "j F"))
    return say_day(at)


def _midnight_after(today: datetime) -> datetime:
    """Return when the next day begins where the reader is."""
    return datetime.combine(today.date() + timedelta(days=1), time.min, today.tzinfo)
