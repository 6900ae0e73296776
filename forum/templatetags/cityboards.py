"""Filters and tags of the site: seals, avatars, numbers. Output only, never a query."""

from django import template
from django.template import Context

from accounts import browser_names, mail
from forum.models import City
from forum.permissions.cities import can_see_city
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
def browser_name(user_agent: str) -> str:
    """Return a short name of the browser that says this of itself."""
    return browser_names.browser_name(user_agent)


@register.filter
def initial(name: str) -> str:
    """Return the character that stands in a person's avatar."""
    return names.initial(name)


@register.filter
def avatar_ink(username: str) -> int:
    """Return the number (0-11) of the ink of a person's avatar."""
    return names.ink(username, 12)


@register.filter
def stone(name: str) -> int:
    """Return the number (0-3) of the stone that a seal is cut in: how its corners are worn."""
    return names.ink(name, 4)


@register.filter
def harmless(text: str) -> str:
    """Return what somebody else wrote as a line that no mail program makes a link of."""
    return mail.harmless(text)


@register.filter
def opening(html: str) -> str:
    """Return the first words of a post's HTML in one line, without quotations and code."""
    words = html_to_text(html, without=frozenset(("blockquote", "pre"))) or html_to_text(html)
    return shorten(words, OPENING_LENGTH)


@register.filter
def grouped(number: int) -> str:
    """Return a number as both languages write it: 12,960."""
    return f"{number:,}"


@register.simple_tag(takes_context=True)
def city_to_search(context: Context) -> City | None:
    """Return the city of the page if its search is open to the viewer; no query, for the page has asked already."""
    city, viewer = context.get("city"), getattr(context.get("request"), "viewer", None)
    return city if isinstance(city, City) and viewer is not None and can_see_city(viewer, city) else None


@register.filter
def search_key(city: City) -> str:
    """Return what stands for a city in the address of a search."""
    return f"city:{city.slug}"
