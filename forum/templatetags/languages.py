"""Titles and lines in the language they are in, and the second title of a thread."""

import re
from typing import Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from forum.models import Thread
from forum.text.languages import guess

register = template.Library()

# A short remark in brackets at the end of a title, brackets included.
_SHORT_ENDING: Final = re.compile(r"([（(][^（()）]{1,6}[)）])$")


@register.filter
def in_language(text: str, around: str = "") -> SafeString:
    """Return the attribute that names the language of a line: as it looks, else that of the text it belongs to."""
    language = guess(text) or around
    return format_html(' lang="{}"', language) if language else mark_safe("")


@register.filter
def whole_ending(title: str) -> SafeString:
    """Return a title whose short remark in brackets at the end is not broken over two lines."""
    found = _SHORT_ENDING.search(title)
    return (
        format_html('{}<span class="whole">{}</span>', title[: found.start()], found[1])
        if found
        else format_html("{}", title)
    )


@register.filter
def own_language(name: str) -> SafeString:
    """Return the attribute that names the language of a name or line where it is another than the page's."""
    language = guess(name)
    is_other = language and language.lower() != (get_language() or "").lower()
    return format_html(' lang="{}"', language) if is_other else mark_safe("")


@register.filter
def alias_for_reader(thread: Thread) -> str:
    """Return the second title of the thread where it is in the language of the page, and the first is not."""
    if not thread.alias:
        return ""
    page, alias, title = (code[:2] for code in (get_language() or "", guess(thread.alias), guess(thread.title)))
    return thread.alias if alias == page != title else ""
