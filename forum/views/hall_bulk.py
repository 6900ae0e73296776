"""Deciding several things of the queue together: choose, see what will happen to each, confirm."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.limits import limited
from forum.actions.deciding import decide_together
from forum.forms.deciding import BulkForm, DecisionForm
from forum.permissions.cities import can_enter_hall
from forum.permissions.decisions import DECISIONS, Decision, can_decide_kind
from forum.permissions.verdicts import require
from forum.queries.cities import readable_city_at
from forum.queries.hall_queue import decisions_together, items_in_queue
from forum.queries.queue_items import Item, verdict_on
from forum.views.requests import safe_next, user_of, viewer_of


@login_required
@limited("acting")
@require_POST
def bulk(request: HttpRequest, city: str) -> HttpResponse:
    """Show what the chosen decision will do to each of the ticked things; with `confirm`, do it."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_enter_hall(viewer, found))
    name, back = request.POST.get("decision", ""), safe_next(request, reverse("hall", args=[found.slug]))
    if name in DECISIONS:
        require(can_decide_kind(viewer, found, DECISIONS[name].ability))
    items = items_in_queue(viewer, found, request.POST.getlist("item"))
    chosen = BulkForm(request.POST, decisions=decisions_together(viewer, found))
    if not items or not chosen.is_valid():
        messages.warning(request, _("Tick what you decide about, and choose a decision."))
        return redirect(back)
    decision = DECISIONS[chosen.cleaned_data["decision"]]
    is_confirmed = "confirm" in request.POST and "preview" not in request.POST
    form = DecisionForm(request.POST if is_confirmed else None, decision=decision.name, initial=items[0].proposed)
    rows = [(item, verdict_on(viewer, decision, item)) for item in items]
    if is_confirmed and form.is_valid():
        _decide(request, [item for item, verdict in rows if verdict or not item.is_open], decision, form)
        return redirect(back)
    context = {"city": found, "decision": decision, "form": form, "rows": rows, "back": back}
    context["number"] = sum(bool(verdict) and item.is_open for item, verdict in rows)
    return render(request, "hall/queue_bulk.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, items: list[Item], decision: Decision, form: Any) -> None:
    """Decide, and tell how many were, and of each other why not."""
    things = [item.decidable for item in items]
    outcomes = decide_together(things, by=user_of(request), decision=decision.name, terms=form.terms({}))
    if done := sum(not outcome.problem for outcome in outcomes):
        text = ngettext("%(count)s decided: %(decision)s", "%(count)s decided: %(decision)s", done)
        messages.success(request, text % {"count": done, "decision": decision.label})
    for item, outcome in zip(items, outcomes, strict=True):
        if outcome.problem:
            messages.warning(request, _("%(what)s: %(why)s") % {"what": item.name, "why": outcome.problem})
