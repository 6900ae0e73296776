"""The public log of a city and of the site, and each act in a city with its place in the chain."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from forum.caching.keeping import kept_for_visitors, of_city
from forum.events.chain import canonical, event_fields
from forum.permissions.cities import can_enter_hall
from forum.permissions.erasing import can_erase_content
from forum.queries.cities import readable_city_at
from forum.queries.log import GROUP_LABELS, SITE_LABELS, act_in_log, end_of_chain, hash_before, log_of_city
from forum.views.requests import viewer_of


@require_GET
@kept_for_visitors(of_city, reads=("kind", "person", "after", "before"))
def index(request: HttpRequest, city: str) -> HttpResponse:
    """Show what was done in the city, newest first, of one kind or by one person if asked."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    context = {"city": found, "groups": GROUP_LABELS, "end": end_of_chain(found), **_page(request, found)}
    return render(request, "log/index.html", context)


@require_GET
@kept_for_visitors(reads=("kind", "person", "after", "before"))
def site(request: HttpRequest) -> HttpResponse:
    """Show what the site's moderators did for the whole site."""
    return render(request, "log/site.html", {"city": None, "groups": SITE_LABELS, **_page(request, None)})


def _page(request: HttpRequest, city: Any) -> dict[str, Any]:
    """Return one page of the log of the city, or of the site when it is None, as templates take it."""
    chosen = {"kind": request.GET.get("kind", ""), "person": request.GET.get("person", "").strip()}
    page = log_of_city(viewer_of(request), city, marks=request.GET, kind=chosen["kind"], name=chosen["person"])
    return {"page": page, "chosen": chosen}


@require_GET
@kept_for_visitors(of_city)
def show(request: HttpRequest, city: str, event: int) -> HttpResponse:
    """Show one act, and how it is linked; to officers also the very line that is hashed, which may name people."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    row = act_in_log(viewer, found, event)
    before = hash_before(row.event)
    line = canonical([before, *event_fields(row.event)]).decode() if can_enter_hall(viewer, found) else ""
    context = {"city": found, "row": row, "before": before, "line": line, "may_erase": can_erase_content(viewer)}
    return render(request, "log/show.html", context)
