"""A post that waits for approval, in city hall: the post, its author's record, and the decision."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.limits import limited
from forum.actions.holds import approve_post, refuse_post
from forum.forms.problems import show_problems
from forum.forms.rules import HoldForm
from forum.permissions.rules import can_decide_holds
from forum.permissions.verdicts import require
from forum.queries.cities import readable_city_at
from forum.queries.rules import HeldPost, hold_in_city
from forum.views.requests import user_of, viewer_of


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, city: str, hold: int) -> HttpResponse:
    """Show a held post, and approve or refuse it."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_decide_holds(viewer, found))
    held = hold_in_city(viewer, found, hold)
    form = HoldForm(request.POST or None)
    decision = request.POST.get("decision")
    if decision in ("approve", "refuse") and form.is_valid():
        try:
            _decide(request, held, decision == "approve", form.cleaned_data["answer"])
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            return redirect("hall", city=found.slug)
    context = {"city": found, "held": held, "hold": held.hold, "post": held.hold.post, "form": form}
    return render(request, "hall/held.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, held: HeldPost, approve: bool, words: str) -> None:
    """Decide, and tell the officer whose decision stands, also when somebody else was faster."""
    decided = (approve_post if approve else refuse_post)(held.hold, by=user_of(request), answer=words)
    approved = decided.state == decided.State.APPROVED
    if decided.decided_by == request.user and approved == approve:
        text = _("The post is approved and shown.") if approved else _("The post is refused; its author is told why.")
        messages.success(request, text)
    else:
        text = _("Somebody else decided first: the post was approved.")
        messages.warning(request, text if approved else _("Somebody else decided first: the post was refused."))
