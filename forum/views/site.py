"""Pages about the site: who may do what, its health, and what robots may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forum.permissions.roles import DEPUTY, ROLES, TABLE
from forum.queries.health import database_answers

# Verbs and what is one's own: nothing to read there for robots.
PRIVATE = (
    "/me/",
    "/accounts/",
    "/moderation/",
    "/admin/",
    "/search/",
    "/feeds/search/",
    "/c/*/search/",
    "/cities/new/",
    "/c/*/hall/",
    "/c/*/join/",
    "/c/*/leave/",
    "/c/*/apply/",
    "/c/*/withdraw/",
    "/c/*/threads/",
    "/t/*/replies/",
    "/p/*/edit/",
    "/p/*/hide/",
    "/p/*/digest/",
    "/*?*from=",
)


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """Show who may do what, from the table that the rules themselves use."""
    rows = [
        (ability.label, [(role in ability.roles, ability.granted and role == DEPUTY) for role in ROLES])
        for ability in TABLE
    ]
    return render(request, "rights.html", {"roles": ROLES.values(), "rows": rows})


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say whether the site and its database answer."""
    healthy = database_answers()
    return HttpResponse(
        "ok\n" if healthy else "no database\n", content_type="text/plain", status=200 if healthy else 503
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what is not for them, and where everything else is listed."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), f"Sitemap: {sitemap}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain")
