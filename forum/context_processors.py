"""What every template may use."""

from typing import Any

from django.http import HttpRequest

from accounts.preferences import look_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Return `look` (text size and theme) and `here` (the address to come back to)."""
    return {"look": look_of(request), "here": request.get_full_path() if request.method == "GET" else request.path}
