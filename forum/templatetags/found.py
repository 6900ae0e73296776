"""What a search found: a text in pieces, with the matches marked."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from forum.search.passages import Piece

register = template.Library()


@register.filter
def with_marks(pieces: Iterable[Piece]) -> SafeString:
    """Return the text as HTML: a page has dozens, so no template writes them."""
    parts = [f"<mark>{escape(piece.text)}</mark>" if piece.is_match else escape(piece.text) for piece in pieces]
    return mark_safe("".join(parts))  # noqa: S308 - each part is escaped
