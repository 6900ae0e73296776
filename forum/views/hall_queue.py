"""The queue of city hall, its front page: what waits, and deciding one thing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from forum.actions.deciding import decide_thing, is_own_decision, words_for_other
from forum.forms.deciding import BulkForm, DecisionForm
from forum.forms.problems import show_problems
from forum.permissions.cities import can_enter_hall
from forum.permissions.decisions import DECISIONS, Decision, can_decide_kind
from forum.permissions.parties import PartyForbidden
from forum.permissions.verdicts import require
from forum.queries.boards import boards_of_city
from forum.queries.cities import readable_city_at
from forum.queries.hall_queue import decisions_together, item_in_queue, queue_of_city
from forum.queries.queue_items import Item, verdict_on
from forum.queries.queue_order import KINDS
from forum.views.requests import answer, in_dialog, safe_next, user_of, viewer_of


def _hall(request: HttpRequest, slug: str) -> Any:
    """Return the city, to whose hall the viewer has entrance."""
    city = readable_city_at(viewer_of(request), slug)
    require(can_enter_hall(viewer_of(request), city))
    return city


@login_required
@require_GET
def show(request: HttpRequest, city: str) -> HttpResponse:
    """Show what waits for a decision, the most urgent first."""
    viewer, found = viewer_of(request), _hall(request, city)
    kind = request.GET.get("kind", "")
    queue = queue_of_city(viewer, found, marks=request.GET, kind=kind)
    context = {"city": found, "queue": queue, "kind": kind}
    context["kinds"] = [(name, KINDS[name][0], queue.counts.get(name, 0)) for name in KINDS if name in queue.kinds]
    context["bulk"] = BulkForm(decisions=decisions_together(viewer, found))
    return render(request, "hall/queue.html", context)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, city: str, kind: str, item: int) -> HttpResponse:
    """Show one thing with its context; with `decision`, ask for what that needs, and decide."""
    viewer, found = viewer_of(request), _hall(request, city)
    if kind not in KINDS:
        raise Http404("Nothing of this kind")
    require(can_decide_kind(viewer, found, KINDS[kind][1]))
    waiting = item_in_queue(viewer, found, kind, item)
    if kind == "appeal":
        return redirect("hall_appeal", found.slug, item)
    decision = DECISIONS.get(request.POST.get("decision") or request.GET.get("decision", ""))
    if decision is None:
        return render(request, "hall/queue_item.html", {"city": found, "item": waiting})
    back = safe_next(request, reverse("hall", args=[found.slug]))
    if not waiting.is_open:
        messages.warning(request, words_for_other(waiting.decidable))
        return redirect("hall_item", found.slug, kind, item)
    require(verdict_on(viewer, decision, waiting))
    return _decide(request, found, waiting, decision, back)


def _decide(request: HttpRequest, city: Any, item: Item, decision: Decision, back: str) -> HttpResponse:
    """Ask for what the decision needs, or decide and lead back to the queue."""
    boards = _boards_to_move_to(city, item) if decision.name == "move" else {}
    choices = [(pk, board.name) for pk, board in boards.items()]
    form = DecisionForm(request.POST or None, decision=decision.name, boards=choices, initial=item.proposed)
    if request.method == "POST" and form.is_valid():
        try:
            done = decide_thing(item.decidable, by=user_of(request), decision=decision.name, terms=form.terms(boards))
        except ValidationError as problem:
            show_problems(form, problem)
        except PartyForbidden as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            if is_own_decision(done, by=user_of(request), decision=decision.name):
                return answer(request, None, back, str(decision.effect))
            messages.warning(request, words_for_other(done))
            return redirect(back)
    context = {"city": city, "item": item, "form": form, "decision": decision, "title": decision.label, "back": back}
    return in_dialog(request, "hall/queue_decide.html", context, status=422 if form.errors else 200)


def _boards_to_move_to(city: Any, item: Item) -> dict[int, Any]:
    here = item.thread.board_id if item.thread else None
    return {board.pk: board for board in boards_of_city(city) if board.pk != here}
