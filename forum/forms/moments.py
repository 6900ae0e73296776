"""Days and moments that people type: none so far off that some clock in the world could not show it."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

LAST_YEAR = 9000  # the calendar of the program ends with the year 9999


def not_too_far(value: date) -> None:
    """Raise ValidationError for a day or moment after LAST_YEAR."""
    if value.year > LAST_YEAR:
        raise ValidationError(forms.DateField.default_error_messages["invalid"], code="invalid")


def end_of_day(day: date) -> datetime:
    """Return the moment at which a day is over in the active time zone."""
    return timezone.make_aware(datetime.combine(day, time()) + timedelta(days=1))
