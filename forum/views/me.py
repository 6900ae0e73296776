"""One's own home and settings."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.forms import PreferencesForm
from accounts.limits import limited
from accounts.preferences import change_preferences
from forum.permissions.cities import can_act_on_site
from forum.queries.me import my_home
from forum.views.requests import user_of, viewer_of


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """My cities and what is new in them, what waits, what I wrote and kept."""
    home = my_home(viewer_of(request), user_of(request))
    may_act = can_act_on_site(viewer_of(request))
    context = {"home": home, "may_act": may_act, "shown_at": timezone.now()}
    return render(request, "me/index.html", context)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """How I like to read, and how I sign in."""
    person = user_of(request)
    # A copy, because checking a form changes what it is about.
    form = PreferencesForm(request.POST or None, instance=copy(person))
    if request.method == "POST" and form.is_valid():
        change_preferences(person, **form.cleaned_data)
        with translation.override(form.cleaned_data["language"] or translation.get_language()):
            messages.success(request, _("Saved."))
        return redirect("me_settings")
    return render(request, "me/settings.html", {"form": form}, status=422 if form.is_bound else 200)
