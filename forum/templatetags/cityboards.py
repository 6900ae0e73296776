"""Filters and tags of the site: seals, avatars, short numbers. Output only, never a query."""

from django import template

from forum.models import City
from forum.text import names

register = template.Library()


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
