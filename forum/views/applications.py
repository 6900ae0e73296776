"""Applications to a city: sending and withdrawing one's own; deciding those of others in city hall."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.limits import limited
from forum.actions.applications import apply_to_city, decide_application, withdraw_application
from forum.forms.cities import AnswerForm, ApplicationForm
from forum.forms.problems import show_problems
from forum.permissions.memberships import can_admit_citizens, can_apply_to_city
from forum.permissions.verdicts import require
from forum.queries.applications import (
    applicant_in_city,
    decided_applications,
    my_application,
    waiting_applications,
)
from forum.queries.cities import city_at, readable_city_at
from forum.queries.rules import asked_of_applicants
from forum.views.kept import login_required_to_write, take_kept
from forum.views.requests import answer, user_of, viewer_of


@login_required_to_write()
@limited("acting")
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, city: str) -> HttpResponse:
    """Show the form of asking to become a citizen, and send it."""
    viewer = viewer_of(request)
    found = city_at(viewer, city)
    home = reverse("city", args=[found.slug])
    mine = my_application(viewer, found)
    if viewer.is_citizen(found) or (mine and mine.state == mine.State.WAITING):
        return redirect(home)
    require(can_apply_to_city(viewer, found))
    refused_at = mine.decided_at if mine else None
    asked = asked_of_applicants(viewer, found, refused_at)
    form = ApplicationForm(
        request.POST or None, initial=take_kept(request), questions=asked.questions, shortest=asked.statement_length
    )
    if request.method == "POST" and form.is_valid():
        try:
            apply_to_city(found, by=user_of(request), statement=form.cleaned_data["statement"], answers=form.answers)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            text = _("Your application is sent. You will find the answer here.")
            return answer(request, None, home, text, guard=f"apply-{found.pk}")
    context = {"city": found, "form": form, "application": mine, "asked": asked}
    return render(request, "citizens/apply.html", context, status=422 if form.errors else 200)


@login_required
@limited("acting")
@require_POST
def withdraw(request: HttpRequest, city: str) -> HttpResponse:
    """Take back one's waiting application."""
    found = city_at(viewer_of(request), city)
    taken = withdraw_application(found, by=user_of(request))
    text = _("Your application is withdrawn.") if taken else _("There is no application waiting.")
    return answer(request, None, reverse("city", args=[found.slug]), text)


@login_required
@require_GET
def index(request: HttpRequest, city: str) -> HttpResponse:
    """Show the applications that wait, and those decided last."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_admit_citizens(viewer, found))
    context = {
        "city": found,
        "waiting": [
            (applicant, AnswerForm(prefix=f"a{applicant.application.pk}"))
            for applicant in waiting_applications(viewer, found)
        ],
        "decided": decided_applications(viewer, found),
    }
    return render(request, "hall/applications.html", context)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, city: str, application: int) -> HttpResponse:
    """Show one application, and accept or refuse it."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_admit_citizens(viewer, found))
    applicant = applicant_in_city(viewer, found, application)
    form = AnswerForm(request.POST or None, prefix=f"a{application}")
    decision = request.POST.get("decision")
    if decision in ("accept", "refuse") and form.is_valid():
        accept, words = decision == "accept", form.cleaned_data["answer"]
        decided = decide_application(applicant.application, by=user_of(request), accept=accept, answer=words)
        _say(request, decided, accept)
        return redirect("hall_applications", city=found.slug)
    context = {"city": found, "applicant": applicant, "form": form}
    return render(request, "hall/application.html", context, status=422 if form.errors else 200)


def _say(request: HttpRequest, decided: Any, accept: bool) -> None:
    """Tell the officer what became of the application, also when somebody else was faster."""
    name = {"name": decided.user.name}
    if decided.state == decided.State.WITHDRAWN:
        messages.warning(request, _("%(name)s has withdrawn the application.") % name)
    elif decided.decided_by == request.user and (decided.state == decided.State.ACCEPTED) == accept:
        text = _("%(name)s is a citizen now.") if accept else _("The application of %(name)s is refused.")
        messages.success(request, text % name)
    else:
        text = _("Somebody else decided first: %(name)s was admitted.")
        if decided.state == decided.State.REFUSED:
            text = _("Somebody else decided first: %(name)s was refused.")
        messages.warning(request, text % name)
