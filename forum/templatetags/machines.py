"""The tag that writes data for machines into a page."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from forum.text.json_text import json_of

register = template.Library()


@register.simple_tag
def json_data(data: Mapping[str, Any]) -> SafeString:
    """Return data as a block of JSON-LD that no text in it can end."""
    return mark_safe(f'<script type="application/ld+json">{json_of(data).text}</script>')  # noqa: S308
