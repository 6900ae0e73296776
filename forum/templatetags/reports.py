"""Reports in words. Output only, never a query."""

from django import template

from forum.queries.reports import DEFAULT_REASONS

register = template.Library()


@register.filter
def reason_words(reason: str) -> str:
    """Return the words of a reason for a report: those of the common list, else the city's own."""
    return str(DEFAULT_REASONS.get(reason, reason))
