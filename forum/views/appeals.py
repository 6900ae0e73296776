"""What was decided about oneself, and appealing; hearing the appeals of others."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.limits import limited
from forum.actions.appeals import appeal_decision, decide_appeal, pass_appeal_on, withdraw_appeal
from forum.forms.moderation import ReasonForm
from forum.forms.problems import show_problems
from forum.forms.sanctions import AppealForm, HearingForm
from forum.permissions.cities import can_enter_hall
from forum.permissions.verdicts import require
from forum.queries.appeals import decision_about, decisions_of, hearing_in, removed_text
from forum.templatetags.sanctions import hall_url
from forum.views.acting import act, left_to_another
from forum.views.kept import login_required_to_write, take_kept
from forum.views.requests import answer, user_of, viewer_of
from forum.views.sanctions import place_of


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Everything that was decided about me, in all cities."""
    return render(request, "me/decisions.html", {"page": decisions_of(viewer_of(request), marks=request.GET)})


@login_required_to_write()
@limited("acting")
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, decision: int) -> HttpResponse:
    """Show one decision about me with what was removed, and take the appeal against it."""
    found = decision_about(viewer_of(request), decision)
    form = AppealForm(request.POST or None, initial=take_kept(request))
    if request.method == "POST" and form.is_valid():
        try:
            appeal_decision(found.event, by=user_of(request), words=form.cleaned_data["words"])
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            text = _("Your appeal is sent. Somebody else than who decided first will answer it.")
            return answer(request, None, reverse("me_decisions"), text, guard=f"appeal-{decision}")
    context = {"decision": found, "post": removed_text(found), "form": form}
    return render(request, "me/appeal.html", context, status=422 if form.errors else 200)


@login_required
@limited("acting")
@require_POST
def withdraw(request: HttpRequest, decision: int) -> HttpResponse:
    """Take back my appeal that waits."""
    found = decision_about(viewer_of(request), decision)
    if found.appeal:
        withdraw_appeal(found.appeal, by=user_of(request))
    return answer(request, None, reverse("me_decisions"), _("Your appeal is withdrawn."))


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
@left_to_another
def hear(request: HttpRequest, appeal: int, city: str = "") -> HttpResponse:
    """Show an appeal with the decision it is against, and grant or refuse it."""
    viewer, place = viewer_of(request), place_of(request, city)
    if place["city"]:
        require(can_enter_hall(viewer, place["city"]))
    hearing = hearing_in(viewer, place["city"], appeal)
    form = HearingForm(request.POST or None)
    wanted = request.POST.get("decision")
    if request.method == "POST":
        require(hearing.may_decide)
    if wanted in ("grant", "refuse") and form.is_valid():
        words = form.cleaned_data["answer"]
        try:
            decided = decide_appeal(hearing.appeal, by=user_of(request), granted=wanted == "grant", answer=words)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            _say(request, decided, wanted == "grant")
            return redirect(hall_url("queue", place["city"]))
    context = {**place, "hearing": hearing, "decision": hearing.decision, "form": form}
    context["post"] = removed_text(hearing.decision)
    return render(request, "hall/appeal.html", context, status=422 if form.errors else 200)


def _say(request: HttpRequest, decided: Any, granted: bool) -> None:
    """Tell what became of the appeal, also when it was withdrawn or somebody else was faster."""
    if decided.state == decided.State.WITHDRAWN:
        messages.info(request, _("The appeal was withdrawn meanwhile."))
    elif decided.decided_by_id != user_of(request).pk:
        name = decided.decided_by.name if decided.decided_by else ""
        messages.info(request, _("%(name)s decided about this appeal before.") % {"name": name})
    else:
        messages.success(request, _("The appeal is granted.") if granted else _("The appeal is refused."))


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def pass_on(request: HttpRequest, city: str, appeal: int) -> HttpResponse:
    """Ask, and leave an appeal to the site's moderators."""
    found = place_of(request, city)["city"]
    require(can_enter_hall(viewer_of(request), found))
    hearing = hearing_in(viewer_of(request), found, appeal)
    require(hearing.may_pass_on)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return act(
        request,
        form,
        lambda: pass_appeal_on(hearing.appeal, by=user_of(request), reason=form.cleaned_data["reason"]),
        title=_("Leave this appeal to the site's moderators"),
        done=gettext_lazy("The site's moderators decide about this appeal."),
        back=hall_url("appeal", found, appeal),
    )


def hear_for_site(request: HttpRequest, site_appeal: int) -> HttpResponseBase:
    """Show an appeal against a suspension, and grant or refuse it."""
    return hear(request, site_appeal)
