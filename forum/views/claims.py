"""Claiming an account that came with an archive: asking for it and taking it over; the moderators' decisions."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from accounts.models import User
from forum.actions.claims import ask_claim, decide_claim, take_over
from forum.forms.claims import AskForm, DecideClaimForm, ProveForm, TakeOverForm
from forum.forms.problems import show_problems
from forum.permissions.claims import can_claim, can_decide_claims
from forum.permissions.verdicts import require
from forum.queries.claims import claim_at, decided_claims, known_address, link_token, proof_of, waiting_claims
from forum.queries.people import get_person
from forum.views.acting import sent
from forum.views.requests import answer, user_of, viewer_of
from forum.views.site_hall import for_moderators


@limited("founding")
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, name: str) -> HttpResponse:
    """Show the two ways to claim an account: by the address that the archive knows, or by asking the moderators."""
    person = get_person(name)
    if not person.is_claimable:
        return redirect("person", person.username)
    require(can_claim(viewer_of(request), person))
    data, way = sent(request), request.POST.get("way", "")
    prove = ProveForm(data if way == "prove" else None)
    ask = AskForm(data if way == "ask" else None, own=getattr(request.user, "email", ""))
    if prove.is_bound and prove.is_valid():
        return _proven(request, person, prove.cleaned_data["email"])
    if ask.is_bound and ask.is_valid():
        by = user_of(request) if request.user.is_authenticated else None
        ask_claim(person, by=by, **ask.cleaned_data)
        text = _("The moderators read what you wrote, and answer by mail.")
        return answer(request, None, reverse("person", args=[person.username]), text)
    context = {"person": person, "prove": prove, "ask": ask}
    return render(request, "people/claim.html", context, status=422 if data is not None else 200)


def _proven(request: HttpRequest, person: User, email: str) -> HttpResponse:
    """Send a mail whether the archive knows the address or not, and say the same."""
    if known := known_address(person, email):
        _send_link(request, person, known, "account/email/claim_link")
    else:
        get_adapter(request).send_mail("account/email/claim_unknown", email, {"user": person})
    text = _("If the archive knows this address, a link is on its way to it.")
    return answer(request, None, reverse("claim", args=[person.username]), text)


def _send_link(request: HttpRequest, person: User, email: str, template: str, **more: Any) -> None:
    link = request.build_absolute_uri(reverse("claim_finish", args=[link_token(person, email)]))
    get_adapter(request).send_mail(template, email, {"user": person, "link": link, **more})


@never_cache
@limited("acting")
@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password for the account that the link is about; then it is taken over."""
    proof = proof_of(token)
    form = TakeOverForm(sent(request), person=proof.person, is_taken=proof.is_taken)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            take_over(proof, password=given["password1"], email=given.get("email", ""))
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            messages.success(request, _("The account is yours. Sign in with its name and your password."))
            return redirect("account_login")
    context = {"person": proof.person, "form": form}
    return render(request, "people/claim_finish.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
@for_moderators
def index(request: HttpRequest) -> HttpResponse:
    """List the claims that wait, and those decided last."""
    viewer = viewer_of(request)
    context = {"waiting": waiting_claims(viewer), "decided": decided_claims(viewer)}
    return render(request, "site_hall/claims.html", context)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
@for_moderators
def decide(request: HttpRequest, claim: int) -> HttpResponse:
    """Show one claim, and decide it; who asked hears of it by mail."""
    viewer = viewer_of(request)
    found = claim_at(viewer, claim)
    form = DecideClaimForm(sent(request))
    if form.is_bound and form.is_valid():
        grant, words = form.cleaned_data["decision"] == "grant", form.cleaned_data["answer"]
        decided = decide_claim(found, by=user_of(request), grant=grant, answer=words)
        if found.state != decided.state:  # not when it is sent twice
            _tell(request, decided)
        return answer(request, None, reverse("site_claims"), _("The claim is decided."))
    context = {"claim": found, "form": form, "may_decide": can_decide_claims(viewer)}
    return render(request, "site_hall/claim.html", context, status=422 if form.errors else 200)


def _tell(request: HttpRequest, claim: Any) -> None:
    if claim.state == "granted":
        _send_link(request, claim.person, claim.email, "account/email/claim_granted", answer=claim.answer)
    else:
        told = {"user": claim.person, "answer": claim.answer}
        get_adapter(request).send_mail("account/email/claim_refused", claim.email, told)
