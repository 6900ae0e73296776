"""Pages for what went wrong: 400, 403, 404, 405, 413, 429, 500, 503 and a form that came too late."""

import sys
from math import ceil

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.outages import REST, outage
from forum.permissions.cities import FACTOR_FIRST
from forum.views.kept import came_from_here, typed_fields
from forum.views.requests import in_dialog, is_htmx, viewer_of

WAIT = 60  # seconds, when a limit does not say how long
LONG_WAIT = 90  # seconds; above it people count in minutes


def problem(request: HttpRequest, template: str, status: int, **context: object) -> HttpResponse:
    """Answer with a page of its own, or with a dialog over the page for htmx, so that nothing typed is swapped away."""
    response = in_dialog(request, template, context, status)
    return _over_the_page(request, response)


def _over_the_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if is_htmx(request):
        response.headers["HX-Retarget"] = "#overlay"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 when more was sent than a form may hold."""
    if isinstance(exception, RequestDataTooBig):
        return problem(request, "413.html", 413)
    return problem(request, "400.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 with the sentence that says who may do this, and with what was typed."""
    said = {name: getattr(exception, name, "") for name in ("reason", "is_sanction", "way")}
    if not said["way"] and hasattr(request, "user") and viewer_of(request).lacks_second_factor:
        said |= {"note": FACTOR_FIRST, "way": "mfa_index"}  # it may be why, and nothing else would say so
    return problem(request, "403.html", 403, **said, texts=_texts(request))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404, with what was typed: what one writes to may have gone meanwhile."""
    return problem(request, "404.html", 404, texts=_texts(request))


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """Answer 405: somebody opened an address that only takes forms."""
    response = problem(request, "405.html", 405)
    response.headers["Allow"] = allowed
    return response


def too_many_requests(request: HttpRequest, exception: Exception | None = None, wait: int = WAIT) -> HttpResponse:
    """Answer 429: say when to come back, and show what was typed with a button to send it again."""
    minutes = ceil(wait / 60) if wait > LONG_WAIT else 0
    response = problem(request, "429.html", 429, wait=wait, minutes=minutes, typed=typed_fields(request))
    response.headers["Retry-After"] = str(wait)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when the database is away; without touching it."""
    is_away = outage.is_on or outage.notice(sys.exception())
    title = _("We will be back in a moment") if is_away else _("Something broke on our side")
    status = 503 if is_away else 500
    page = render_to_string("500.html#dialog" if is_htmx(request) else "500.html", {"title": title, "status": status})
    response = HttpResponse(page, status=status)
    if is_away:
        response.headers["Retry-After"] = str(ceil(REST))
    return _over_the_page(request, response)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is stale: show what was typed, with a fresh token, to send again.

    What another site may have filled in is only shown, never offered for sending.
    """
    typed = typed_fields(request) if came_from_here(request) else []
    return problem(request, "403_csrf.html", 403, typed=typed, texts=[] if typed else _texts(request))


def _texts(request: HttpRequest) -> list[str]:
    return [field.value for field in typed_fields(request) if field.is_text and field.value]
