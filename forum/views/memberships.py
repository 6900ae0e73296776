"""Citizens of a city: who they are; joining and leaving."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from forum.actions.memberships import join_city, leave_city
from forum.caching.keeping import kept_for_visitors, of_city
from forum.permissions.memberships import can_appoint_deputies, can_join_city, can_leave_city
from forum.permissions.verdicts import require
from forum.queries.cities import city_at, readable_city_at
from forum.queries.memberships import citizens_in_city, officers_in_city
from forum.queries.rules import may_join_by_rules
from forum.views.requests import answer, user_of, viewer_of


@require_GET
@kept_for_visitors(of_city, reads=("after", "before"))
def index(request: HttpRequest, city: str) -> HttpResponse:
    """Show the citizens of a city, the officers first."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    page = citizens_in_city(viewer, found, marks=request.GET)
    context = {
        "city": found,
        "page": page,
        "officers": [] if page.newer else officers_in_city(viewer, found),
        "may_appoint": can_appoint_deputies(viewer, found),
    }
    return render(request, "citizens/index.html", context)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, city: str) -> HttpResponse:
    """Become a citizen at once, where everybody may."""
    viewer = viewer_of(request)
    found = city_at(viewer, city)
    home = reverse("city", args=[found.slug])
    if request.method == "POST":
        join_city(found, by=user_of(request))
        return answer(request, None, home, _("You are a citizen of %(city)s now.") % {"city": found.name})
    if viewer.is_citizen(found):
        return redirect(home)
    require(can_join_city(viewer, found))
    return render(request, "citizens/join.html", {"city": found, "verdict": may_join_by_rules(viewer, found)})


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, city: str) -> HttpResponse:
    """Stop being a citizen, after a question."""
    viewer = viewer_of(request)
    found = city_at(viewer, city)
    home = reverse("city", args=[found.slug])
    if request.method == "POST":
        leave_city(found, by=user_of(request))
        return answer(request, None, home, _("You left %(city)s.") % {"city": found.name})
    require(can_leave_city(viewer, found))
    return render(request, "citizens/leave.html", {"city": found})
