"""Voting: the ballot, the receipt, and how the result came about, as a page, CSV and JSON."""

import csv
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.limits import limited
from forum.actions.ballots import cast_ballot
from forum.forms.polls import BallotForm
from forum.forms.problems import show_problems
from forum.permissions.polls import can_see_result
from forum.permissions.verdicts import require
from forum.queries.ballots import ballots_of, tally_of
from forum.queries.polls import ShownPoll, get_poll, shown_poll
from forum.views.kept import login_required_to_write
from forum.views.polls import place_of_poll, poll_page
from forum.views.requests import answer, submission_of, user_of, viewer_of

RECEIPT = "receipt"  # the cookie that carries a receipt to the page that shows it; nothing else ever keeps it
RECEIPT_SECONDS = 15 * 60


# A ballot is never kept: the session that holds it would belong to whoever signs in.
@login_required_to_write(lambda request, poll: reverse("poll", args=[poll]), keeps=False)
@limited("acting")
@require_POST
def vote(request: HttpRequest, poll: int) -> HttpResponse:
    """Cast a ballot; a receipt is carried by the browser alone to the page that shows it."""
    viewer = viewer_of(request)
    found = get_poll(viewer, poll)
    shown = shown_poll(viewer, found)
    options = [(one.position, one.label) for one in shown.options]
    form = BallotForm(request.POST, poll=found, options=options)
    if form.is_valid():
        try:
            ballot = cast_ballot(
                found, by=user_of(request), choices=form.cleaned_data["choices"], submission=submission_of(request)
            )
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            return _receipt_to(request, found, ballot.receipt)
    return poll_page(request, shown, ballot=form, status=422)


def _receipt_to(request: HttpRequest, poll: Any, receipt: str) -> HttpResponse:
    address = reverse("poll_receipt", args=[poll.pk])
    if not poll.is_secret:
        return answer(request, None, place_of_poll(poll), _("Your ballot is counted."))
    response = answer(request, None, address, _("Your ballot is counted."))
    response.set_signed_cookie(
        RECEIPT,
        receipt,
        salt=f"receipt-{poll.pk}",
        max_age=RECEIPT_SECONDS,
        path=address,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return response


@login_required
@never_cache
@require_GET
def receipt(request: HttpRequest, poll: int) -> HttpResponse:
    """Show the receipt of a ballot just cast in this browser."""
    found = get_poll(viewer_of(request), poll)
    code = request.get_signed_cookie(RECEIPT, default="", salt=f"receipt-{found.pk}", max_age=RECEIPT_SECONDS)
    if not code:
        return redirect("poll", found.pk)
    return render(request, "polls/receipt.html", {"poll": found, "city": found.city, "receipt": code})


@require_GET
def tally(request: HttpRequest, poll: int) -> HttpResponse:
    """Show how the result came about, with the list of ballots; `?receipt=` looks for one."""
    viewer = viewer_of(request)
    found = get_poll(viewer, poll)
    require(can_see_result(viewer, found))
    shown = shown_poll(viewer, found)
    context = {
        "city": found.city,
        "poll": shown,
        "tally": tally_of(shown, receipt=request.GET.get("receipt", "")[:60]),
    }
    return render(request, "polls/tally.html", context)


@limited("expensive", reads=True)
@require_GET
def as_csv(request: HttpRequest, poll: int) -> HttpResponse:
    """Give the list of ballots as CSV: receipt, who cast it where that is open, the choices in order."""
    shown = _published(request, poll)
    labels = {one.position: str(one.label) for one in shown.options}
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="poll-{poll}.csv"'
    response.write("\ufeff")  # so that spreadsheets read Chinese
    writer = csv.writer(response)
    open_columns = [] if shown.poll.is_secret else ["voter"]
    places = range(1, shown.poll.max_choices + 1)
    writer.writerow(["receipt", *open_columns, "choices", *(f"choice {place}" for place in places)])
    for ballot in ballots_of(shown.poll):
        voter = [_cell(ballot.voter.username)] if open_columns and ballot.voter else open_columns and [""]
        words = [_cell(labels[choice]) for choice in ballot.choices]
        writer.writerow([ballot.receipt, *voter, " ".join(map(str, ballot.choices)), *words])
    return response


def _cell(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


@limited("expensive", reads=True)
@require_GET
def as_json(request: HttpRequest, poll: int) -> HttpResponse:
    """Give everything one needs to count again as JSON; docs/voting.md explains it."""
    shown = _published(request, poll)
    is_secret, at = shown.poll.is_secret, shown.poll.closed_at
    data = {
        "poll": shown.poll.pk,
        "question": shown.poll.question,
        "method": shown.poll.method,
        "closed_at": at.isoformat() if at else None,
        "options": [{"position": one.position, "text": str(one.label)} for one in shown.options],
        "ballots": [
            {"receipt": ballot.receipt, "choices": ballot.choices}
            | ({} if is_secret else {"voter": ballot.voter.username if ballot.voter else None})
            for ballot in ballots_of(shown.poll)
        ],
        "result": shown.poll.result,
    }
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _published(request: HttpRequest, poll: int) -> ShownPoll:
    """Return a poll whose list of ballots the viewer may have. Raises Http404 and Forbidden."""
    viewer = viewer_of(request)
    found = get_poll(viewer, poll)
    require(can_see_result(viewer, found))
    return shown_poll(viewer, found)
