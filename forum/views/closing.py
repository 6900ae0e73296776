"""Closing my account: what happens, the choice, and the two weeks in which signing in is enough to stay."""

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.dates import say_moment
from accounts.limits import limited
from accounts.models import User
from forum.actions.closing import GRACE, ask_to_close
from forum.forms.closing import ClosingForm
from forum.permissions.people import can_close_account
from forum.permissions.verdicts import require
from forum.queries.people import cities_governed_by
from forum.views.requests import user_of, viewer_of


@login_required
@limited("expensive")
@reauthentication_required
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Say what closing does, and ask for it once more shown who one is."""
    person = user_of(request)
    governs = cities_governed_by(person)
    may = can_close_account(viewer_of(request), person, governs=governs)
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(may)
        if form.is_valid():
            person = ask_to_close(person, by=person, farewell=form.cleaned_data["farewell"])
            return _said_goodbye(request, person)
    context = {"form": form, "may": may, "governs": governs, "days": GRACE.days}
    return render(request, "me/close.html", context, status=422 if form.errors else 200)


def _said_goodbye(request: HttpRequest, person: User) -> HttpResponse:
    """Write to the person how to come back, sign them out, and say it on the page that follows."""
    assert person.closes_at
    day = say_moment(person.closes_at)
    if person.email:
        name = person.display_name or person.username
        context = {"day": day, "name": name, "url": request.build_absolute_uri(reverse("account_login"))}
        get_adapter(request).send_mail("account/email/closing", person.email, context)
    logout(request)
    messages.success(
        request, _("Your account will be closed on %(day)s. Sign in before then to keep it.") % {"day": day}
    )
    return redirect("home")
