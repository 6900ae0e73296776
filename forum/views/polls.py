"""Polls: one with its ballot or result; putting one into a thread, changing and closing it."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from forum.actions.polls import close_poll, set_poll, settle_poll
from forum.forms.moderation import ReasonForm
from forum.forms.polls import BallotForm, PollForm
from forum.forms.problems import show_problems
from forum.permissions.polls import can_change_poll, can_close_poll, can_set_poll
from forum.permissions.verdicts import require
from forum.queries.polls import ShownPoll, get_poll, poll_to_change, shown_poll
from forum.queries.threads import get_thread
from forum.views.kept import login_required_to_write, take_kept
from forum.views.requests import answer, user_of, viewer_of


def place_of_poll(poll: Any) -> str:
    """Return the address where a poll is read: its thread, its election, else its own page."""
    if poll.thread_id:
        return reverse("thread", args=[poll.thread_id], fragment="poll")
    return reverse("poll", args=[poll.pk])


def ballot_form(shown: ShownPoll) -> BallotForm | None:
    """Return the ballot with a new secret mark, None for who may not vote or has voted."""
    if not shown.may_vote or shown.has_voted:
        return None
    options = [(one.position, one.label) for one in shown.options]
    return BallotForm(poll=shown.poll, options=options, initial={"submission": uuid4()})


@require_GET
def show(request: HttpRequest, poll: int) -> HttpResponse:
    """Show a poll: the ballot for who may vote, the result when it may be seen."""
    viewer = viewer_of(request)
    found = get_poll(viewer, poll)
    if found.is_due and found.thread_id:
        found = settle_poll(found)
    if election := getattr(found, "election", None):
        return redirect("election", city=found.city.slug, election=election.pk)
    shown = shown_poll(viewer, found)
    return poll_page(request, shown, ballot=ballot_form(shown))


def poll_page(request: HttpRequest, shown: ShownPoll, *, ballot: BallotForm | None, status: int = 200) -> HttpResponse:
    """Answer with the page of a poll."""
    context = {"city": shown.poll.city, "thread": shown.poll.thread, "poll": shown, "ballot": ballot}
    return render(request, "polls/show.html", context, status=status)


@login_required_to_write()
@limited("posting")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, thread: int) -> HttpResponse:
    """Put a poll into a thread, or change the one it has while nobody has voted."""
    viewer = viewer_of(request)
    found = get_thread(viewer, thread)
    poll = poll_to_change(viewer, found)
    require(can_change_poll(viewer, poll) if poll else can_set_poll(viewer, found))
    form = PollForm(request.POST or None, initial=take_kept(request) or _as_typed(poll))
    if request.method == "POST" and form.is_valid():
        try:
            set_poll(found, by=user_of(request), **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            text = _("The poll is changed.") if poll else _("The poll is open.")
            return answer(
                request, None, reverse("thread", args=[thread], fragment="poll"), text, guard=f"poll-{thread}"
            )
    context = {"city": found.city, "thread": found, "form": form, "poll": poll}
    return render(request, "polls/edit.html", context, status=422 if form.errors else 200)


def _as_typed(poll: Any) -> dict[str, Any]:
    """Return the fields of a poll as its author would type them."""
    if poll is None:
        return {}
    names = ("question", "method", "max_choices", "voters", "is_secret", "showing", "closes_at")
    typed = {name: getattr(poll, name) for name in names}
    return {**typed, "options": "\n".join(option.text for option in poll.options.all())}


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, poll: int) -> HttpResponse:
    """Ask for a reason, and close the poll of a thread before its time."""
    viewer = viewer_of(request)
    found = get_poll(viewer, poll)
    require(can_close_poll(viewer, found))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        close_poll(found, by=user_of(request), reason=form.cleaned_data["reason"])
        return answer(request, None, place_of_poll(found), _("The poll is closed."))
    context = {"city": found.city, "thread": found.thread, "poll": found, "form": form}
    return render(request, "polls/close.html", context, status=422 if form.errors else 200)
