"""The small choices of the page's head and foot: text size, theme and language."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.limits import limited
from accounts.preferences import choose
from forum.views.requests import safe_next


@require_POST
@limited("preferences")
def preferences(request: HttpRequest) -> HttpResponse:
    """Remember what was chosen, and lead back to the page it was chosen on."""
    response = redirect(safe_next(request, "/"))
    for name in ("size", "theme", "language"):
        if value := request.POST.get(name):
            try:
                choose(request, response, name=name, value=value)
            except ValueError as error:
                raise BadRequest(f"{name}={value}") from error
    return response
