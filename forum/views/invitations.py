"""Invitations to the site: mine, and the page on which an invitation arrives."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.invitations import invitation_of, remember
from accounts.limits import limited
from forum.actions.invitations import invite_somebody
from forum.forms.invitations import InvitationForm
from forum.forms.problems import show_problems
from forum.permissions.invitations import can_invite
from forum.queries.invitations import my_invitations
from forum.views.acting import sent
from forum.views.requests import answer, user_of, viewer_of


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Show whom I invited, with the links that still hold, and make one more."""
    viewer = viewer_of(request)
    form = InvitationForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            invite_somebody(by=user_of(request), note=form.cleaned_data["note"])
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            text = _("The invitation is made. Send its link to the person it is for.")
            return answer(request, None, reverse("me_invitations"), text)
    context = {"form": form, "invitations": my_invitations(viewer), "may_invite": can_invite(viewer)}
    context["root"] = request.build_absolute_uri("/").rstrip("/")
    return render(request, "me/invitations.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Say who invites, and keep the invitation until this browser signs up."""
    invitation = invitation_of(token)
    if invitation and not request.user.is_authenticated:
        remember(request, token)
    return render(request, "account/invited.html", {"invitation": invitation}, status=200 if invitation else 404)
