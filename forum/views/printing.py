"""Posts, threads and digests for paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import uri_to_iri
from django.views.decorators.http import require_GET

from accounts.limits import limited
from accounts.preferences import look_of
from forum.publishing.sheets import Sheet, sheet_of_post, sheet_of_thread
from forum.queries.digest_pages import contents_of, digest_part
from forum.queries.digests import get_digest
from forum.queries.focus import thread_is_chinese
from forum.queries.polls import poll_of_thread, shown_poll
from forum.queries.posts import get_post
from forum.queries.threads import get_thread
from forum.views.merged import leads_on
from forum.views.requests import in_dialog, page_number, viewer_of


def _printed(request: HttpRequest, sheet: Sheet, address: str, **more: Any) -> HttpResponse:
    context = {
        **more,
        "sheet": sheet,
        "thread": sheet.thread,
        "city": sheet.thread.city,
        "back": address,
        "address": uri_to_iri(request.build_absolute_uri(address)),
        "printed_at": timezone.now(),
        "is_vertical": look_of(request).writing == "vertical" and thread_is_chinese(sheet.thread),
    }
    return in_dialog(request, "printing/sheet.html", context)


@require_GET
@limited("expensive", reads=True)
def post(request: HttpRequest, post: int) -> HttpResponse:
    """One post for paper, as a page or over the page."""
    sheet = sheet_of_post(get_post(viewer_of(request), post))
    return _printed(request, sheet, reverse("post", args=[post]))


@require_GET
@limited("expensive", reads=True)
@leads_on("thread_print")
def thread(request: HttpRequest, thread: int) -> HttpResponse:
    """A whole thread for paper; a very long one in parts."""
    viewer = viewer_of(request)
    found = get_thread(viewer, thread)
    sheet, poll = sheet_of_thread(viewer, found, page_number(request)), poll_of_thread(found)
    shown = shown_poll(viewer, poll) if poll and sheet.part == 1 else None
    return _printed(request, sheet, reverse("thread", args=[thread]), poll=shown)


@require_GET
@limited("expensive", reads=True)
def digest(request: HttpRequest, name: str, digest: str) -> HttpResponse:
    """A whole digest for paper; a very long one in parts."""
    viewer = viewer_of(request)
    found = get_digest(viewer, name, digest)
    shown = digest_part(viewer, found, page_number(request))
    back = reverse("digest", args=[name, digest])
    context = {
        "digest": found,
        "shown": shown,
        "contents": contents_of(viewer, found, shown.chapters) if shown.page.number == 1 else [],
        "back": back,
        "address": uri_to_iri(request.build_absolute_uri(back)),
        "printed_at": timezone.now(),
    }
    return in_dialog(request, "printing/digest.html", context)
