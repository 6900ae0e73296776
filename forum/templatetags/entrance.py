"""Tags of the pages on which one signs in and up: what the settings of accounts say."""

from django import template
from django.conf import settings

from accounts import elsewhere

register = template.Library()


@register.simple_tag
def provider_name() -> str:
    """Return how the site is called with whose accounts one may sign in here; empty when there is none."""
    return elsewhere.provider_name()


@register.simple_tag
def signup_mode() -> str:
    """Return who may sign up: `open`, `invitation` or `closed`."""
    return str(settings.SIGNUP)
