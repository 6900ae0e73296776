"""Merging threads and splitting them: choosing, a look at what would happen, and doing it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.limits import limited
from forum.actions.merging import merge_threads
from forum.actions.splitting import split_thread
from forum.forms.moderation import ActForm, SplitForm
from forum.forms.problems import show_problems
from forum.permissions.threads import can_moderate_thread
from forum.permissions.verdicts import require
from forum.queries.boards import boards_of_city
from forum.queries.merging import plan_of_split, posts_to_carry, thread_to_merge_into, threads_to_merge_into
from forum.queries.numbers import place_in_merged
from forum.queries.posts import page_of_thread
from forum.queries.threads import get_thread
from forum.text.ranges import as_ranges, within
from forum.views.acting import left_to_another, party_to, sent
from forum.views.requests import answer, page_number, user_of, viewer_of


def _movable(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return a thread that the viewer may move, merge and split, for its page. Raises Http404 and Forbidden."""
    found = get_thread(viewer_of(request), pk)
    require(can_moderate_thread(viewer_of(request), found, "move"))
    return {"thread": found, "city": found.city, "is_party": party_to(request, found)}


@require_http_methods(["GET", "POST"])
@login_required
@limited("acting")
@left_to_another
def merge(request: HttpRequest, thread: int) -> HttpResponse:
    """Choose the thread into which this one goes; show what would happen; merge."""
    context = _movable(request, thread)
    found = context["thread"]
    chosen = request.POST.get("into") or request.GET.get("into", "")
    if not chosen:
        sought = request.GET.get("q", "").strip()
        targets = threads_to_merge_into(viewer_of(request), found, sought)
        return render(request, "moderation/merge.html", {**context, "targets": targets, "sought": sought})
    into = thread_to_merge_into(viewer_of(request), found, chosen)
    form = ActForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            merge_threads(found, by=user_of(request), into=into, **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            return answer(request, None, place_in_merged(viewer_of(request), thread), _("The threads are merged."))
    count = posts_to_carry(found)
    context |= {"into": into, "form": form, "count": count}
    context |= {"first": into.last_number + 1, "last": into.last_number + count}
    return render(request, "moderation/merge_into.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
@limited("acting")
@left_to_another
def split(request: HttpRequest, thread: int) -> HttpResponse:
    """Choose posts for a new thread; show what would happen; split."""
    context = _movable(request, thread)
    found = context["thread"]
    boards = {board.pk: board for board in boards_of_city(found.city)}
    initial = {"board": found.board_id, "numbers": request.GET.get("numbers", "")}
    choices = [(pk, board.name) for pk, board in boards.items()]
    form = SplitForm(sent(request), boards=choices, initial=initial)
    context["form"] = form
    if request.method == "POST" and form.is_valid():
        numbers = _chosen(request, form, found.last_number)
        data = form.cleaned_data | {"board": boards[int(form.cleaned_data["board"])], "numbers": numbers}
        if "preview" in request.POST:
            context |= {"plan": plan_of_split(found, numbers), "chosen": as_ranges(numbers)}
            return _split_page(request, context)
        try:
            new = split_thread(found, by=user_of(request), **data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            return answer(request, None, reverse("thread", args=[new.pk]), _("The posts stand in a new thread now."))
    return _split_page(request, context, status=422 if form.errors else 200)


def _ticked(request: HttpRequest) -> list[int]:
    return [int(text) for text in request.POST.getlist("post") if text.isascii() and text.isdigit() and len(text) < 10]


def _chosen(request: HttpRequest, form: SplitForm, last: int) -> list[int]:
    """Return the numbers that were ticked or written, in order and each once."""
    return sorted({*_ticked(request), *within(form.cleaned_data["numbers"], last)})


def _split_page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show a page of the thread's posts to tick, and the form below."""
    thread = context["thread"]
    page, posts, _following = page_of_thread(viewer_of(request), thread, page_number(request))
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    context |= {"posts": posts, "page": page, "pages": list(pages), "ticked": set(_ticked(request))}
    return render(request, "moderation/split.html", context, status=status)
