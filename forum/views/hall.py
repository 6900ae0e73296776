"""City hall: the overview, and the city's settings."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from forum.actions.cities import change_city, set_crest
from forum.forms.cities import SettingsForm
from forum.forms.city_life import CrestForm
from forum.forms.problems import show_problems
from forum.permissions.cities import can_enter_hall, can_govern_city
from forum.permissions.verdicts import require
from forum.queries.applications import waiting_count
from forum.queries.cities import readable_city_at
from forum.queries.log import latest_acts
from forum.queries.memberships import deputies_of_city
from forum.queries.notices import notices_in_force
from forum.views.requests import answer, user_of, viewer_of


@login_required
@require_GET
def overview(request: HttpRequest, city: str) -> HttpResponse:
    """Show how the city is governed and what was done last."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_enter_hall(viewer, found))
    context = {
        "city": found,
        "waiting": waiting_count(viewer, found),
        "acts": latest_acts(viewer, found),
        "deputies": deputies_of_city(viewer, found),
        "notices": notices_in_force(viewer, found),
        "may_govern": can_govern_city(viewer, found),
    }
    return render(request, "hall/overview.html", context)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, city: str) -> HttpResponse:
    """Show the city's settings, and change them."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_govern_city(viewer, found))
    form = SettingsForm(request.POST or None, instance=readable_city_at(viewer, city))
    if request.method == "POST" and form.is_valid():
        try:
            change_city(found, by=user_of(request), **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            return answer(request, None, reverse("hall", args=[found.slug]), _("The settings are changed."))
    context = {"city": found, "form": form, "crest_form": CrestForm()}
    return render(request, "hall/settings.html", context, status=422 if form.errors else 200)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def crest(request: HttpRequest, city: str) -> HttpResponse:
    """Take a picture as the city's crest, or give it up."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_govern_city(viewer, found))
    back = f"{reverse('hall_settings', args=[found.slug])}#crest"
    if request.method == "GET":
        return redirect(back)
    if "remove" in request.POST:
        set_crest(found, by=user_of(request), picture=None)
        return answer(request, None, back, _("The seal stands for the city again."))
    form = CrestForm(request.POST, request.FILES)
    if form.is_valid():
        set_crest(found, by=user_of(request), picture=form.cleaned_data["crest"])
        return answer(request, None, back, _("The picture stands for the city now."))
    context = {"city": found, "form": SettingsForm(instance=found), "crest_form": form}
    return render(request, "hall/settings.html", context, status=422)
