"""The home page of the site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.preferences import asked_language
from forum.caching.keeping import kept_for_visitors
from forum.queries.heads import home_meta
from forum.queries.notices import notices_in_force
from forum.queries.thread_lists import liveliest_cities, newest_on_site, recommended_on_site
from forum.views.requests import origin_of, viewer_of


@require_GET
@kept_for_visitors()
def index(request: HttpRequest) -> HttpResponse:
    """Cities in which people talk, the newest and the most recommended threads."""
    viewer = viewer_of(request)
    context = {
        "meta": home_meta(origin_of(request), chosen=asked_language(request)),
        "notices": notices_in_force(viewer, None),
        "cities": liveliest_cities(viewer),
        "newest": newest_on_site(viewer),
        "recommended": recommended_on_site(viewer),
    }
    return render(request, "home/index.html", context)
