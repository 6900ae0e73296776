"""Texts on paper."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from forum.text.paper import with_addresses

register = template.Library()


@register.filter
def for_paper(html: str) -> SafeString:
    """Return the safe HTML of a text with the addresses of its links below it."""
    return mark_safe(with_addresses(html))  # noqa: S308 - the sanitiser's output
