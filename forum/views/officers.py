"""The officers of a city in public; the mayor names and dismisses deputies and ticks what they may do."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.limits import limited
from forum.actions.abilities import grant_abilities
from forum.actions.memberships import dismiss_deputy, name_deputy
from forum.caching.keeping import kept_for_visitors, of_city
from forum.forms.hall import DeputyForm
from forum.forms.moderation import ReasonForm
from forum.forms.problems import show_problems
from forum.permissions.memberships import can_appoint_deputies
from forum.permissions.verdicts import require
from forum.queries.cities import readable_city_at
from forum.queries.memberships import citizens_to_name, deputies_of_city
from forum.queries.officers import GRANTED, deputies_with_abilities, officers_of_city
from forum.views.naming import citizen_called
from forum.views.requests import answer, user_of, viewer_of


@require_GET
@kept_for_visitors(of_city)
def public(request: HttpRequest, city: str) -> HttpResponse:
    """Show who holds office since when, and exactly what each of them may do."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    context = {"city": found, "officers": officers_of_city(viewer, found)}
    return render(request, "citizens/officers.html", context | {"may_appoint": can_appoint_deputies(viewer, found)})


@login_required
@limited("acting")
@require_POST
def grant(request: HttpRequest, city: str) -> HttpResponse:
    """Store the ticks of the table: `deputy` names the rows it showed, `may-<row>` what is ticked in each."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_appoint_deputies(viewer, found))
    shown = set(request.POST.getlist("deputy"))
    # Who was named or dismissed since the table was shown is left as they are.
    for one in deputies_with_abilities(viewer, found):
        if str(one.membership.pk) in shown:
            ticked = set(request.POST.getlist(f"may-{one.membership.pk}"))
            known = {ability.name for ability in GRANTED}
            grant_abilities(one.membership, by=user_of(request), abilities=ticked & known)
    return answer(request, None, reverse("hall_deputies", args=[found.slug]), _("The abilities are stored."))


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, city: str) -> HttpResponse:
    """List the deputy mayors, and name one."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_appoint_deputies(viewer, found))
    form = DeputyForm(request.POST or None, initial={"person": request.GET.get("person", "")})
    if request.method == "POST" and form.is_valid():
        try:
            person = citizen_called(viewer, found, form.cleaned_data["person"])
            name_deputy(found, by=user_of(request), person=person, reason=form.cleaned_data["reason"])
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            text = _("%(name)s is deputy mayor now.") % {"name": person.name}
            return answer(request, None, reverse("hall_deputies", args=[found.slug]), text)
    context = {"city": found, "form": form, "deputies": deputies_with_abilities(viewer, found), "abilities": GRANTED}
    context["citizens"] = citizens_to_name(viewer, found)
    return render(request, "hall/deputies.html", context, status=422 if form.errors else 200)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def dismiss(request: HttpRequest, city: str) -> HttpResponse:
    """Ask for a reason, and dismiss a deputy mayor."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_appoint_deputies(viewer, found))
    name = request.POST.get("person") or request.GET.get("person", "")
    deputy = next((row.user for row in deputies_of_city(viewer, found) if row.user.username == name), None)
    if deputy is None:
        raise Http404("No such deputy mayor")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        dismiss_deputy(found, by=user_of(request), person=deputy, reason=form.cleaned_data["reason"])
        text = _("%(name)s is a citizen without office again.") % {"name": deputy.name}
        return answer(request, None, reverse("hall_deputies", args=[found.slug]), text)
    context = {"city": found, "deputy": deputy, "form": form}
    return render(request, "hall/deputy_dismiss.html", context, status=422 if form.errors else 200)
