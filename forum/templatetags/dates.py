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


@register.filter
def moment(at: datetime) -> SafeString:
    """Return a moment whole."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), dates.say_moment(at))


@register.filter
def day(at: date) -> SafeString:
    """Return a day, or the day of a moment."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), dates.say_day(at))


@register.filter
def month(at: date) -> SafeString:
    """Return the month of a day or moment."""
    carried = at.isoformat() if isinstance(at, datetime) else f"{at:%Y-%m}"
    return format_html('<time datetime="{}">{}</time>', carried, dates.say_month(at))


@register.filter
def near(at: datetime) -> SafeString:
    """Return a moment as short as it can be told today, the whole of it being the title; a tap can rest on it."""
    words, whole = dates.say_near(at, timezone.now()), dates.say_moment(at)
    return format_html('<time datetime="{}" title="{}" tabindex="-1">{}</time>', at.isoformat(), whole, words)
