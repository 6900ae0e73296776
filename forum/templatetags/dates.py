"""Filters of dates and moments: what accounts/dates.py says, in the element that carries it for machines."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts import dates

register = template.Library()

register.filter("moment_words", dates.say_moment_and_weekday)
register.filter("day_words", dates.say_day)
register.filter("year_words", dates.say_year)
register.filter("month_words", dates.say_month)


def carried(at: date) -> str:
    """Return a day, or a moment to the second: HTML has no room for microseconds."""
    return at.isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat()


@register.simple_tag
def today() -> str:
    """Return this day in words; a page that names it holds until midnight."""
    return dates.say_today()


@register.filter
def moment(at: datetime) -> SafeString:
    """Return a moment whole."""
    return format_html('<time datetime="{}">{}</time>', carried(at), dates.say_moment(at))


@register.filter
def day(at: date) -> SafeString:
    """Return a day, or the day of a moment."""
    return format_html('<time datetime="{}">{}</time>', carried(at), dates.say_day(at))


@register.filter
def month(at: date) -> SafeString:
    """Return the month of a day or moment."""
    day_or_month = carried(at) if isinstance(at, datetime) else f"{at:%Y-%m}"
    return format_html('<time datetime="{}">{}</time>', day_or_month, dates.say_month(at))


@register.filter
def near(at: datetime) -> SafeString:
    """Return a moment as short as it can be told today, the whole of it being the title; a tap can rest on it."""
    words, whole = dates.say_near(at, timezone.now()), dates.say_moment(at)
    return format_html('<time datetime="{}" title="{}" tabindex="-1">{}</time>', carried(at), whole, words)
