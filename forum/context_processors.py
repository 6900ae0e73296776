"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.preferences import look_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Return `look` (text size and theme), `here` (the address to come back to) and `has_messages` (private ones)."""
    here = request.get_full_path() if request.method == "GET" else request.path
    return {"look": look_of(request), "here": here, "has_messages": settings.MESSAGES}
