"""Sanctions in city hall, and those of the whole site: the list, imposing one, lifting one.

Every view takes the address of a city, or none: then it is about the site, and for its moderators.
"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from accounts.models import User
from forum.actions.sanctions import impose_sanction, lift_sanction
from forum.forms.moderation import ReasonForm
from forum.forms.problems import show_problems
from forum.forms.sanctions import SanctionForm
from forum.permissions.sanctions import can_sanction_here, can_see_sanctions
from forum.permissions.verdicts import require
from forum.queries.cities import readable_city_at
from forum.queries.sanctions import people_called, post_by, record_of, sanction_in, sanctions_in
from forum.templatetags.sanctions import hall_url
from forum.views.acting import act, left_to_another
from forum.views.requests import answer, safe_next, user_of, viewer_of


def place_of(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Return the city (None for the site) with the frame of its pages, as templates take it; raise Http404."""
    if not slug:
        return {"city": None, "frame": "site_hall/layout.html"}
    return {"city": readable_city_at(viewer_of(request), slug), "frame": "hall/layout.html"}


@login_required
@require_GET
def index(request: HttpRequest, city: str = "") -> HttpResponse:
    """List the sanctions in force, or all that were imposed."""
    viewer, place = viewer_of(request), place_of(request, city)
    require(can_see_sanctions(viewer, place["city"]))
    is_all = request.GET.get("show") == "all"
    context = {
        **place,
        "page": sanctions_in(viewer, place["city"], marks=request.GET, is_all=is_all),
        "is_all": is_all,
        "may_sanction": can_sanction_here(viewer, place["city"]),
    }
    return render(request, "hall/sanctions.html", context)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
@left_to_another
def new(request: HttpRequest, city: str = "") -> HttpResponse:
    """Ask whom; then show the person's record with the form, and impose the sanction."""
    viewer, place = viewer_of(request), place_of(request, city)
    require(can_sanction_here(viewer, place["city"]))
    name = (request.POST.get("person") or request.GET.get("person") or "").strip()
    person, problem = _only(name)
    if person is None:
        if request.method == "POST":
            raise Http404("Nobody has this name")
        return render(request, "hall/sanction_whom.html", {**place, "name": name, "problem": problem})
    record = record_of(viewer, place["city"], person)
    require(record.may_sanction)
    post = post_by(person, place["city"], request.POST.get("post") or request.GET.get("post") or "")
    form = SanctionForm(request.POST or None, on_site=place["city"] is None)
    if request.method == "POST" and form.is_valid():
        data = {"kind": "suspension", **form.cleaned_data, "post": post}
        try:
            impose_sanction(place["city"], by=user_of(request), person=person, **data)
        except ValidationError as wrong:
            show_problems(form, wrong)
        else:
            text = _("Decided. %(name)s is told what, why and how to appeal.") % {"name": person.name}
            return answer(request, None, safe_next(request, hall_url("sanctions", place["city"])), text)
    context = {**place, "record": record, "form": form, "post": post, "back": safe_next(request, "")}
    return render(request, "hall/sanction_new.html", context, status=422 if form.errors else 200)


def _only(name: str) -> tuple[User | None, str]:
    """Return the one person of the name, or None and what is wrong."""
    found = people_called(name) if name else []
    if len(found) == 1:
        return found[0], ""
    if found:
        return None, _("Several people share this name; use the sign-in name.")
    return None, _("Nobody has this name.") if name else ""


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, sanction: int, city: str = "") -> HttpResponse:
    """Ask for a reason, and lift a sanction."""
    viewer, place = viewer_of(request), place_of(request, city)
    require(can_see_sanctions(viewer, place["city"]))
    row = sanction_in(viewer, place["city"], sanction)
    require(row.may_lift)
    form = ReasonForm(request.POST if request.method == "POST" else None, is_required=True)
    return act(
        request,
        form,
        lambda: lift_sanction(row.sanction, by=user_of(request), reason=form.cleaned_data["reason"]),
        title=_("Lift the sanction on %(name)s") % {"name": row.sanction.person.name},
        done=gettext_lazy("The sanction is lifted."),
        back=hall_url("sanctions", place["city"]),
    )


def lift_suspension(request: HttpRequest, suspension: int) -> HttpResponseBase:
    """Ask for a reason, and lift a suspension."""
    return lift(request, suspension)
