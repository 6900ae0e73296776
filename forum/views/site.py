"""Pages about the site: who may do what, and its health."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.preferences import asked_language
from forum.caching.keeping import kept_for_visitors
from forum.permissions.roles import DEPUTY, ROLES, TABLE
from forum.queries.heads import plain_meta
from forum.queries.health import database_answers
from forum.views.requests import origin_of


@require_safe
@kept_for_visitors()
def rights(request: HttpRequest) -> HttpResponse:
    """Show who may do what, from the table that the rules themselves use."""
    rows = [
        (ability.label, [(role in ability.roles, ability.granted and role == DEPUTY) for role in ROLES])
        for ability in TABLE
    ]
    meta = plain_meta(origin_of(request), reverse("rights"), _("Who may do what"), chosen=asked_language(request))
    return render(request, "rights.html", {"roles": ROLES.values(), "rows": rows, "meta": meta})


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say whether the site and its database answer."""
    healthy = database_answers()
    return HttpResponse(
        "ok\n" if healthy else "no database\n", content_type="text/plain", status=200 if healthy else 503
    )
