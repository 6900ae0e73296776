"""The hall of the site's moderators: what waits for them, people and cities."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from forum.actions.categories import move_cities
from forum.forms.elections import AppointForm
from forum.forms.site_hall import CityPlaceForm
from forum.permissions.site_hall import can_enter_site_hall
from forum.permissions.succession import can_appoint_mayor, can_archive_city
from forum.permissions.verdicts import require
from forum.queries.cities import city_at
from forum.queries.hall_queue import site_queue
from forum.queries.memberships import citizens_to_name
from forum.queries.message_reports import waiting_message_reports
from forum.queries.site_hall import CITIES_SHOWN, PEOPLE_SHOWN, cities_on_site, people_on_site, person_on_site
from forum.queries.succession import cities_waiting_for_a_mayor, succession_of
from forum.views.requests import answer, user_of, viewer_of

type View = Callable[..., HttpResponseBase]


def for_moderators(view: View) -> View:
    """Let only the site's moderators in; others are told so."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(can_enter_site_hall(viewer_of(request)))
        return view(request, *args, **kwargs)

    return wrapped


@login_required
@require_GET
@for_moderators
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits for the moderators from all cities, and cities that wait for a mayor."""
    viewer = viewer_of(request)
    context = {"queue": site_queue(viewer, marks=request.GET), "mayorless": cities_waiting_for_a_mayor(viewer)}
    context["reported_messages"] = waiting_message_reports(viewer)
    return render(request, "site_hall/queue.html", context)


def _chosen(request: HttpRequest, shown: tuple[str, ...]) -> dict[str, str]:
    """Return what is searched for, and which part is shown."""
    show = request.GET.get("show", "")
    return {"q": request.GET.get("q", "").strip()[:100], "show": show if show in shown else ""}


@login_required
@require_GET
@for_moderators
def people(request: HttpRequest) -> HttpResponse:
    """Find people by name or e-mail address."""
    chosen = _chosen(request, PEOPLE_SHOWN)
    page = people_on_site(viewer_of(request), marks=request.GET, text=chosen["q"], show=chosen["show"])
    return render(request, "site_hall/people.html", {"chosen": chosen, "page": page})


@login_required
@require_GET
@for_moderators
def person(request: HttpRequest, name: str) -> HttpResponse:
    """Show what the site knows of one person, and lead to a suspension."""
    found = person_on_site(viewer_of(request), name)
    if found.record.person.username != name:
        return redirect("site_person", found.record.person.username)
    return render(request, "site_hall/person.html", {"found": found, "person": found.record.person})


@login_required
@require_GET
@for_moderators
def cities(request: HttpRequest) -> HttpResponse:
    """Find cities by name, state, or for want of a mayor."""
    viewer, chosen = viewer_of(request), _chosen(request, CITIES_SHOWN)
    page, rows = cities_on_site(viewer, text=chosen["q"], show=chosen["show"], page=request.GET.get("page", 1))
    return render(request, "site_hall/cities.html", {"chosen": chosen, "page": page, "rows": rows})


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
@for_moderators
def city(request: HttpRequest, city: str) -> HttpResponse:
    """Show how one city stands, with what moderators may do about it; put it into another category."""
    viewer = viewer_of(request)
    found = city_at(viewer, city)
    form = CityPlaceForm(request.POST or None, initial={"category": found.category_id})
    if request.method == "POST" and form.is_valid():
        move_cities([found], by=user_of(request), into=form.cleaned_data["category"])
        return answer(request, None, reverse("site_city", args=[found.slug]), _("The city has its place."))
    context = {
        "city": found,
        "form": form,
        "succession": succession_of(viewer, found),
        "appoint": AppointForm(),
        "citizens": citizens_to_name(viewer, found),
        "may_appoint": can_appoint_mayor(viewer, found),
        "may_archive": can_archive_city(viewer, found),
    }
    return render(request, "site_hall/city.html", context, status=422 if form.errors else 200)
