"""Views of reading marks: the way to the first post that is new, and marking as read."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.limits import limited
from forum.actions.marks import mark_board_read, mark_thread_read
from forum.actions.threads import count_view
from forum.notifying.reading import mark_posts_read
from forum.queries.boards import get_board
from forum.queries.marks import first_unread, newest_post
from forum.queries.paging import read_moment
from forum.queries.posts import place_of
from forum.queries.threads import get_thread
from forum.views.merged import leads_on
from forum.views.requests import answer, is_htmx, reader_of, safe_next, user_of, viewer_of


@require_GET
@leads_on("thread_unread")
def unread(request: HttpRequest, thread: int) -> HttpResponse:
    """Lead to the first post of the thread that is new to me, when none is to the last; visitors to the start."""
    viewer = viewer_of(request)
    found = get_thread(viewer, thread)
    post = (first_unread(viewer, found) or newest_post(found)) if viewer.is_signed_in else None
    return redirect(place_of(post)) if post else redirect("thread", thread)


@require_POST
@login_required
@limited("reading", near=True)
def thread(request: HttpRequest, thread: int) -> HttpResponse:
    """Mark a thread as read up to a number, or to its end."""
    found, number = get_thread(viewer_of(request), thread), request.POST.get("number", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    mark_thread_read(found, by=user_of(request), number=int(number) if is_number else None)
    if viewer_of(request).unread:  # the news of these posts, too
        mark_posts_read(user_of(request), found.pk, int(number) if is_number else found.last_number)
    if is_htmx(request):  # reading.js says by itself how far one has read: nothing on the page changes
        count_view(thread, reader=reader_of(request))  # unless it was counted; a page fetched ahead was not
        return HttpResponse(status=204)
    return answer(request, None, safe_next(request, reverse("thread", args=[thread])), _("Marked as read."))


@require_POST
@login_required
@limited("acting")
def board(request: HttpRequest, city: str, board: str) -> HttpResponse:
    """Mark a board as read."""
    found = get_board(viewer_of(request), city, board)
    mark_board_read(found, by=user_of(request), until=_until(request))
    back = safe_next(request, reverse("board", args=[city, board]))
    return answer(request, None, back, _("Everything on this board is marked as read."))


@require_POST
@login_required
@limited("acting")
def everything(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    mark_board_read(None, by=user_of(request), until=_until(request))
    return answer(request, None, safe_next(request, reverse("me")), _("Everything is marked as read."))


def _until(request: HttpRequest) -> datetime | None:
    """Return when the page was shown from which the form came: what was written since stays new."""
    try:
        return read_moment(request.POST.get("until", ""))
    except ValueError:
        return None
