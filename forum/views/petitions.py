"""Petitions: those of a city, one, starting, signing, and taking a signature back."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.limits import limited
from forum.actions.petitions import sign_petition, start_petition, unsign_petition
from forum.forms.elections import PetitionForm
from forum.forms.problems import show_problems
from forum.permissions.verdicts import require
from forum.queries.cities import readable_city_at
from forum.queries.elections import officers_to_recall
from forum.queries.petitions import get_petition, may_start_petition, shown_petition
from forum.views.kept import login_required_to_write, take_kept
from forum.views.requests import answer, user_of, viewer_of


@require_GET
def show(request: HttpRequest, city: str, petition: int) -> HttpResponse:
    """Show a petition and how far it has come."""
    viewer = viewer_of(request)
    found = get_petition(viewer, readable_city_at(viewer, city), petition)
    return render(request, "petitions/show.html", {"city": found.city, "shown": shown_petition(viewer, found)})


@login_required_to_write()
@limited("posting")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, city: str) -> HttpResponse:
    """Start a petition."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(may_start_petition(viewer, found))
    officers = officers_to_recall(viewer, found)
    form = PetitionForm(request.POST or None, officers=officers, initial=take_kept(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        named = data.pop("person")
        chosen = next((one for one in officers if str(one.pk) == named), None)
        try:
            petition = start_petition(found, by=user_of(request), person=chosen, **data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            text = _("The petition is open, and you have signed it.")
            return answer(request, None, _address(petition), text, guard=f"petition-{found.pk}")
    return render(request, "petitions/new.html", {"city": found, "form": form}, status=422 if form.errors else 200)


def _address(petition: Any) -> str:
    return reverse("petition", args=[petition.city.slug, petition.pk])


@login_required
@limited("acting")
@require_POST
def sign(request: HttpRequest, city: str, petition: int) -> HttpResponse:
    """Sign a petition."""
    viewer = viewer_of(request)
    found = get_petition(viewer, readable_city_at(viewer, city), petition)
    signed = sign_petition(found, by=user_of(request))
    text = _("You have signed.")
    if signed.election_id:
        text = _("You have signed. That was the last signature needed: the vote is called.")
    return answer(request, None, _address(found), text)


@login_required
@limited("acting")
@require_POST
def unsign(request: HttpRequest, city: str, petition: int) -> HttpResponse:
    """Take one's signature back."""
    viewer = viewer_of(request)
    found = get_petition(viewer, readable_city_at(viewer, city), petition)
    unsign_petition(found, by=user_of(request))
    return answer(request, None, _address(found), _("Your signature is taken back."))
