"""Texts as vertical lines want them, and whether a thread may stand in such."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from forum.models import Thread
from forum.queries.focus import thread_is_chinese
from forum.text.vertical import has_tall_blocks, upright

register = template.Library()


@register.filter(name="upright")
def upright_filter(html: str) -> SafeString:
    """Return stored safe HTML with its short numbers and abbreviations upright."""
    return mark_safe(upright(html))  # noqa: S308 - the stored HTML is safe, and gains nothing but spans


@register.filter
def may_be_vertical(thread: Thread) -> bool:
    """Return whether the thread is in Chinese, so that vertical lines are a choice for it."""
    return thread_is_chinese(thread)


register.filter(has_tall_blocks)
