"""Elections: all of a city, one, calling and cancelling it; standing, proposing and withdrawing."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.limits import limited
from forum.actions.candidacies import propose_candidate, withdraw_candidacy
from forum.actions.election_results import settle_election
from forum.actions.elections import call_election, cancel_election
from forum.forms.elections import CallForm, ProposeForm, StandForm
from forum.forms.moderation import ReasonForm
from forum.forms.problems import show_problems
from forum.permissions.elections import can_call_election, can_cancel_election
from forum.permissions.verdicts import require
from forum.queries.cities import readable_city_at
from forum.queries.elections import (
    elections_of_city,
    get_election,
    is_due,
    my_candidacy,
    officers_to_recall,
    shown_election,
)
from forum.queries.petitions import may_start_petition, petitions_of_city
from forum.views.kept import login_required_to_write, take_kept
from forum.views.naming import citizen_called
from forum.views.polls import ballot_form
from forum.views.requests import answer, user_of, viewer_of


@require_GET
def index(request: HttpRequest, city: str) -> HttpResponse:
    """Show the elections and petitions of a city."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    context = {
        "city": found,
        "elections": elections_of_city(viewer, found),
        "petitions": petitions_of_city(viewer, found),
        "may_call": can_call_election(viewer, found),
        "may_start": may_start_petition(viewer, found),
    }
    return render(request, "elections/index.html", context)


@require_GET
def show(request: HttpRequest, city: str, election: int) -> HttpResponse:
    """Show an election: its times, candidates, ballot and result."""
    found = _found(request, city, election)
    if is_due(found):
        settle_election(found)
        found = _found(request, city, election)
    return _page(request, found)


def _found(request: HttpRequest, city: str, election: int) -> Any:
    viewer = viewer_of(request)
    return get_election(viewer, readable_city_at(viewer, city), election)


def _page(
    request: HttpRequest, election: Any, *, stand: Any = None, propose: Any = None, status: int = 200
) -> HttpResponse:
    """Answer with the page of an election; forms that were refused stand on it as they were filled in."""
    shown = shown_election(viewer_of(request), election)
    mine = shown.mine.statement if shown.mine else ""
    context = {
        "city": election.city,
        "shown": shown,
        "election": election,
        "poll": shown.poll,
        "ballot": ballot_form(shown.poll) if shown.poll.options else None,
        "stand": stand or StandForm(initial=take_kept(request, _address(election, "stand")) or {"statement": mine}),
        "propose": propose or ProposeForm(),
    }
    return render(request, "elections/show.html", context, status=status)


def _address(election: Any, act: str = "") -> str:
    name = f"election_{act}" if act else "election"
    return reverse(name, args=[election.city.slug, election.pk])


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, city: str) -> HttpResponse:
    """Call an election."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_call_election(viewer, found))
    officers = officers_to_recall(viewer, found) if viewer.is_moderator else []
    form = CallForm(request.POST or None, officers=officers)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        named = data.pop("person", "")
        chosen = next((one for one in officers if str(one.pk) == named), None)
        try:
            election = call_election(found, by=user_of(request), person=chosen, **data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            return answer(request, None, _address(election), _("The vote is called, and its roll is fixed."))
    return render(request, "elections/new.html", {"city": found, "form": form}, status=422 if form.errors else 200)


def _page_of_election(request: HttpRequest, city: str, election: int) -> str:
    return reverse("election", args=[city, election])


@login_required_to_write(_page_of_election)
@limited("posting")
@require_POST
def stand(request: HttpRequest, city: str, election: int) -> HttpResponse:
    """Stand as a candidate, consent to being proposed, or change what one says."""
    found, person = _found(request, city, election), user_of(request)
    form = StandForm(request.POST)
    if not form.is_valid():
        return _page(request, found, stand=form, status=422)
    propose_candidate(found, by=person, person=person, statement=form.cleaned_data["statement"])
    return answer(request, None, _address(found), _("You stand as a candidate."), guard=f"stand-{found.pk}")


@login_required_to_write(_page_of_election)
@limited("acting")
@require_POST
def propose(request: HttpRequest, city: str, election: int) -> HttpResponse:
    """Propose somebody, who is asked whether they consent."""
    found = _found(request, city, election)
    form = ProposeForm(request.POST)
    if form.is_valid():
        try:
            person = citizen_called(viewer_of(request), found.city, form.cleaned_data["person"])
            propose_candidate(found, by=user_of(request), person=person)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            text = _("%(name)s is proposed, and is asked whether to stand.") % {"name": person.name}
            return answer(request, None, _address(found), text)
    return _page(request, found, propose=form, status=422)


@login_required
@limited("acting")
@require_POST
def withdraw(request: HttpRequest, city: str, election: int) -> HttpResponse:
    """Withdraw one's candidacy, or decline the proposal."""
    found = _found(request, city, election)
    candidacy = my_candidacy(viewer_of(request), found)
    withdraw_candidacy(candidacy, by=user_of(request))
    return answer(request, None, _address(found), _("You do not stand as a candidate."))


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, city: str, election: int) -> HttpResponse:
    """Ask for a reason, and cancel an election."""
    found = _found(request, city, election)
    require(can_cancel_election(viewer_of(request), found))
    form = ReasonForm(request.POST if request.method == "POST" else None, is_required=True)
    if request.method == "POST" and form.is_valid():
        cancel_election(found, by=user_of(request), reason=form.cleaned_data["reason"])
        return answer(request, None, _address(found), _("The vote is cancelled."))
    context = {"city": found.city, "election": found, "form": form}
    return render(request, "elections/cancel.html", context, status=422 if form.errors else 200)
