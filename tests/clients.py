"""Browsers of the named people."""

from typing import Any

from django.test import Client

from accounts.models import User

HTMX = {"HX-Request": "true"}


def browser(user: User | None = None, **options: Any) -> Client:
    """Return a browser in which the person is signed in; nobody for a visitor."""
    client = Client(**options)
    if user:
        client.force_login(user)
    return client


def text_of(response: Any) -> str:
    """Return the page as text."""
    return response.content.decode()
