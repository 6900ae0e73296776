"""What every template may use."""

from functools import cache, partial
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest

from accounts.preferences import address_to_return, look_of
from forum.permissions.roles import Viewer


def site(request: HttpRequest) -> dict[str, Any]:
    """Return `look` (how pages are set), `here` (the address to come back to, and the same
    `here_quoted` for another address) and `has_messages` (private ones).

    `unread_news` is the number of the member's unread notifications; it is asked for only where a page shows it.
    """
    here = address_to_return(request)
    unread = cache(partial(_unread, request))  # asked for by a kept part as well as within it
    return {
        "look": look_of(request),
        "here": here,
        "here_quoted": quote(here, safe=""),
        "has_messages": settings.MESSAGES,
        "offline_reading": settings.OFFLINE_READING,
        "unread_news": unread,
    }


def _unread(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    viewer = getattr(request, "viewer", None) or Viewer.of(user)
    try:
        return viewer.unread
    except DatabaseError:  # the page that says that something went wrong must not do so, too
        return 0
