"""Tags of the pages on which one signs in and up: what the settings of accounts say."""

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from accounts import elsewhere

register = template.Library()


@register.filter
def drawn(svg: str) -> SafeString:
    """Return a picture that the library has drawn, to stand in the page: as an address of data no page may show it."""
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308 - the library's own, of squares only


@register.simple_tag
def provider_name() -> str:
    """Return how the site is called with whose accounts one may sign in here; empty when there is none."""
    return elsewhere.provider_name()


@register.simple_tag
def signup_mode() -> str:
    """Return who may sign up: `open`, `invitation` or `closed`."""
    return str(settings.SIGNUP)
