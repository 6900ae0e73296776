"""Views of threads: read one, start one."""

from functools import cache, partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.limits import limited
from forum.actions.polls import settle_poll
from forum.actions.threads import count_view, create_thread
from forum.caching.ahead import is_ahead
from forum.caching.generations import thread_scopes
from forum.caching.keeping import kept_for_visitors, look_again
from forum.forms.polls import PollForm
from forum.forms.posts import ReplyForm, ThreadForm
from forum.permissions.verdicts import Forbidden, require
from forum.queries.boards import get_board
from forum.queries.desks import desk_on_board
from forum.queries.heads import thread_meta
from forum.queries.thread_lists import ListPlace
from forum.queries.thread_pages import ThreadPage, thread_page
from forum.views import drafting, writing
from forum.views.faces import face_of_thread
from forum.views.kept import kept_for_login, take_kept
from forum.views.merged import leads_on
from forum.views.polls import ballot_form
from forum.views.requests import origin_of, page_number, reader_of, submission_of, user_of, viewer_of
from forum.views.thread_frames import framed_thread
from forum.views.thread_wholes import shared_thread


@require_GET
@kept_for_visitors(thread_scopes, reads=("page", "from"), by=page_number, is_visit=True)
@leads_on("thread")
def show(request: HttpRequest, thread: int) -> HttpResponse:
    """A page of a thread."""
    viewer, place = viewer_of(request), ListPlace.read(request.GET.get("from", ""))
    page = thread_page(viewer, face_of_thread(request, thread, number=page_number(request), place=place), place)
    if page.poll and page.poll.poll.is_due:
        settle_poll(page.poll.poll)
        look_again(request)
        page = thread_page(viewer, face_of_thread(request, thread, number=1, place=place), place)
    _count_visit(request, thread)
    fresh, context_of = writing.fresh(), partial(_context, request, place)
    if answer := framed_thread(request, page, fresh, context_of) or shared_thread(request, page, fresh, context_of):
        return answer
    return render(request, "threads/show.html", context_of(page, fresh))


def _context(request: HttpRequest, place: ListPlace, page: ThreadPage, fresh: dict[str, Any]) -> dict[str, Any]:
    return {
        "meta": cache(partial(thread_meta, origin_of(request), page, with_data=not page.viewer.is_signed_in)),
        "head_key": (page.keys.machines, origin_of(request)),
        "data_key": (page.keys.data, origin_of(request)),
        "page": page,
        "page_number": page.numbers.number,
        "thread": page.thread,
        "city": page.thread.city,
        "desk": page.desk,
        **_forms(page, fresh),
        **drafting.offered(page.thread),
        "back": back_to_list(page.thread.city.slug, page.thread.board.slug, place),
    }


def _count_visit(request: HttpRequest, thread: int) -> None:
    if not is_ahead(request.META):  # once somebody looks at it, arrival.js or the marks of what is read say so
        count_view(thread, reader=reader_of(request))


def _forms(page: ThreadPage, fresh: dict[str, Any]) -> dict[str, Any]:
    """Return the poll with its ballot, and the form below the posts: made when written, and marks for a kept one."""
    form = SimpleLazyObject(partial(ReplyForm, initial=fresh, offices=page.desk.offices))
    return {
        "poll": page.poll,
        "ballot": ballot_form(page.poll) if page.poll else None,
        "form": form if page.may_reply else None,
        "fresh": [str(mark) for mark in fresh.values()],
    }


def back_to_list(city: str, board: str, place: ListPlace) -> str:
    """Return the address of the page of the board's list one came from."""
    marks = [("sort", place.sort if place.sort != "active" else ""), ("after", place.after)]
    return reverse("board", args=[city, board], query=[(name, value) for name, value in marks if value])


@login_required
@require_GET
@drafting.unstored
def new(request: HttpRequest, city: str, board: str) -> HttpResponse:
    """The form for a new thread."""
    found = get_board(viewer_of(request), city, board)
    desk = desk_on_board(viewer_of(request), found)
    require(desk.verdict)
    context: dict[str, Any] = {"board": found, "city": found.city, "place": found, "desk": desk}
    initial = writing.fresh(take_kept(request), **drafting.begun(request, context))
    context |= {"form": ThreadForm(initial=initial, offices=desk.offices)}
    context |= {"poll_form": PollForm(initial=initial, is_part=True)}
    return render(request, "threads/new.html", context)


@require_POST
@limited("posting", has_drafts=True)
@drafting.unstored
def create(request: HttpRequest, city: str, board: str) -> HttpResponse:
    """Start a thread, or show what it would look like."""
    if not request.user.is_authenticated:
        return kept_for_login(request, reverse("thread_new", args=[city, board]))
    found = get_board(viewer_of(request), city, board)
    desk = desk_on_board(viewer_of(request), found)
    form, poll_form = ThreadForm(request.POST, offices=desk.offices), PollForm(request.POST, is_part=True)
    context = {"board": found, "city": found.city, "form": form, "poll_form": poll_form, "place": found, "desk": desk}
    if answer := writing.unsent(request, "threads/new.html", context, key=f"thread-{found.pk}"):
        return answer
    if not form.is_valid() or not poll_form.is_valid():
        return writing.incomplete(request, "threads/new.html", context)
    if answer := writing.later(request, "threads/new.html", context, key=f"thread-{found.pk}"):
        return answer
    return _start(request, context)


def _start(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Start the thread that the valid forms describe, and lead to it."""
    found, data = context["board"], context["form"].to_send | {"poll": context["poll_form"].words}
    data |= {"submission": submission_of(request), "typed_in": drafting.open_form(request)}
    try:
        thread = create_thread(found, by=user_of(request), **data)
    except (ValidationError, Forbidden) as problem:
        return writing.refused(request, "threads/new.html", context, problem)
    text = _("Your thread waits for approval.") if thread.is_held else _("Your thread is here.")
    writing.sent(request, text, key=f"thread-{found.pk}")
    return redirect("thread", thread.pk)
