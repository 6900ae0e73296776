"""Succession: handing over the office of mayor, naming a mayor, archiving a city and opening it again."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import limited
from forum.actions.archiving import archive_city, reopen_city
from forum.actions.handovers import answer_offer, appoint_mayor, offer_office, withdraw_offer
from forum.forms.elections import AppointForm, OfferForm
from forum.forms.moderation import ReasonForm
from forum.forms.problems import show_problems
from forum.permissions.succession import can_appoint_mayor, can_archive_city, can_hand_over, can_see_succession
from forum.permissions.verdicts import require
from forum.queries.cities import readable_city_at
from forum.queries.memberships import citizens_to_name
from forum.queries.succession import offer_to_me, open_offer, succession_of
from forum.views.naming import citizen_called
from forum.views.requests import answer, safe_next, user_of, viewer_of


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def hall(request: HttpRequest, city: str) -> HttpResponse:
    """Show how the office of mayor stands, and offer it to somebody."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_see_succession(viewer, found))
    form = OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        require(can_hand_over(viewer, found))
        try:
            person = citizen_called(viewer, found, form.cleaned_data["person"])
            offer_office(found, by=user_of(request), person=person)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            text = _("The office is offered to %(name)s.") % {"name": person.name}
            return answer(request, None, _hall(found), text)
    return _page(request, found, form=form)


def _hall(city: Any) -> str:
    return reverse("hall_succession", args=[city.slug])


def _page(request: HttpRequest, city: Any, *, form: Any, appoint: Any = None) -> HttpResponse:
    viewer = viewer_of(request)
    context = {
        "city": city,
        "form": form,
        "appoint": appoint or AppointForm(),
        "succession": succession_of(viewer, city),
        "citizens": citizens_to_name(viewer, city),
        "may_hand_over": can_hand_over(viewer, city),
        "may_appoint": can_appoint_mayor(viewer, city),
        "may_archive": can_archive_city(viewer, city),
    }
    wrong = form.errors or (appoint and appoint.errors)
    return render(request, "hall/succession.html", context, status=422 if wrong else 200)


@login_required
@limited("acting")
@require_POST
def withdraw(request: HttpRequest, city: str) -> HttpResponse:
    """Take the offer of the office back."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_hand_over(viewer, found))
    if offer := open_offer(found):
        withdraw_offer(offer, by=user_of(request))
    return answer(request, None, _hall(found), _("The office is offered to nobody."))


@login_required
@limited("acting")
@require_POST
def appoint(request: HttpRequest, city: str) -> HttpResponse:
    """Name a mayor."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_appoint_mayor(viewer, found))
    form = AppointForm(request.POST)
    if form.is_valid():
        try:
            person = citizen_called(viewer, found, form.cleaned_data["person"])
            appoint_mayor(found, by=user_of(request), person=person, reason=form.cleaned_data["reason"])
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            text = _("%(name)s is the mayor now.") % {"name": person.name}
            return answer(request, None, safe_next(request, _hall(found)), text)
    return _page(request, found, form=OfferForm(), appoint=form)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def handover(request: HttpRequest, city: str) -> HttpResponse:
    """Show the offer of the office to whom it is offered, and accept or decline it."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    offer, problems = offer_to_me(viewer, found), []
    if request.method == "POST":
        accept = request.POST.get("answer") == "accept"
        try:
            answer_offer(offer, by=user_of(request), accept=accept)
        except ValidationError as problem:
            problems = problem.messages
        else:
            text = _("You are the mayor now.") if accept else _("You have declined.")
            return answer(request, None, reverse("city", args=[found.slug]), text)
    context = {"city": found, "offer": offer, "problems": problems}
    return render(request, "citizens/handover.html", context, status=422 if problems else 200)


def _state_view(
    act: Callable[..., Any], title: str | Promise, text: str | Promise, done: str | Promise, *, needs_reason: bool
) -> Callable[..., HttpResponseBase]:
    """Return the view that asks for a reason and changes the state of a city."""

    @login_required
    @limited("acting")
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, city: str) -> HttpResponse:
        viewer = viewer_of(request)
        found = readable_city_at(viewer, city)
        require(can_archive_city(viewer, found))
        form = ReasonForm(request.POST if request.method == "POST" else None, is_required=needs_reason)
        back = safe_next(request, _hall(found))
        if request.method == "POST" and form.is_valid():
            act(found, by=user_of(request), reason=form.cleaned_data["reason"])
            return answer(request, None, back, str(done))
        context = {"city": found, "form": form, "title": title, "text": text, "cancel": back}
        context["action"] = request.get_full_path()
        return render(request, "hall/state.html", context, status=422 if form.errors else 200)

    return view


archive = _state_view(
    archive_city,
    gettext_lazy("Archive the city"),
    gettext_lazy(
        "Everything stays to be read, printed and taken along, but nobody can write any more. Votes and petitions "
        "under way end. You, and the site's moderators, can open the city again."
    ),
    gettext_lazy("The city is archived."),
    needs_reason=True,
)
reopen = _state_view(
    reopen_city,
    gettext_lazy("Open the city again"),
    gettext_lazy("Citizens can write again as before."),
    gettext_lazy("The city is open."),
    needs_reason=False,
)
