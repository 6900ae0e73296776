"""The public log of a city."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from forum.queries.cities import readable_city_at
from forum.queries.log import GROUP_LABELS, log_of_city
from forum.views.requests import viewer_of


@require_GET
def index(request: HttpRequest, city: str) -> HttpResponse:
    """Show what was done in the city, newest first, of one kind or by one person if asked."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    chosen = {"kind": request.GET.get("kind", ""), "person": request.GET.get("person", "").strip()}
    page = log_of_city(viewer, found, marks=request.GET, kind=chosen["kind"], name=chosen["person"])
    kept = {name: value for name, value in chosen.items() if value}
    context = {
        "city": found,
        "page": page,
        "groups": GROUP_LABELS,
        "chosen": chosen,
        "older": f"?{urlencode({**kept, 'after': page.older})}" if page.older else "",
        "newer": f"?{urlencode({**kept, 'before': page.newer})}" if page.newer else "",
    }
    return render(request, "log/index.html", context)
