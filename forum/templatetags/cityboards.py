"""Filters and tags of the site: seals, avatars, short numbers. Output only, never a query."""

from django import template

from forum.models import City
from forum.text import names
from forum.text.excerpts import shorten
from forum.text.plain import html_to_text

register = template.Library()

OPENING_LENGTH = 70  # Han characters, or as much Latin text as takes the same room


@register.filter
def seal(city: City) -> str:
    """Return the one to four characters of a city's seal."""
    return city.seal or names.seal_characters(city.name)


@register.filter
def initial(name: str) -> str:
    """Return the character that stands in a person's avatar."""
    return names.initial(name)


@register.filter
def avatar_ink(username: str) -> int:
    """Return the number (0-11) of the ink of a person's avatar."""
    return names.ink(username, 12)


@register.filter
def opening(html: str) -> str:
    """Return the first words of a post's HTML in one line, without quotations and code."""
    words = html_to_text(html, without=frozenset(("blockquote", "pre"))) or html_to_text(html)
    return shorten(words, OPENING_LENGTH)
