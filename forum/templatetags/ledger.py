"""The ledger in words: kinds of acts, and how long something took. Output only, never a query."""

from datetime import timedelta

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import ngettext

from forum.events import KINDS
from forum.templatetags.events import KEPT_OUT, NOT_SAID

register = template.Library()


class _Nobody:
    """What stands in the places of a sentence that is about no act in particular."""

    def __getitem__(self, name: str) -> str:
        return "" if name == "actor" else str(KEPT_OUT.get(name, NOT_SAID))


@register.filter
def kind_words(kind: str) -> SafeString:
    """Return what officers do in acts of the kind: the sentence of the event without who did it."""
    words = str(KINDS[kind].words) % _Nobody()
    return conditional_escape(capfirst(words.strip(" .。")))


@register.filter
def lasted(time: timedelta | None) -> str:
    """Return how long something took, in the unit that says it best; "" for nothing."""
    if time is None:
        return ""
    minutes = max(1, round(time.total_seconds() / 60))
    if minutes < 90:
        return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    days = round(hours / 24)
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
