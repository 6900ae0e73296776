"""Posts and threads for paper."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.limits import limited
from forum.publishing.sheets import Sheet, sheet_of_post, sheet_of_thread
from forum.queries.posts import get_post
from forum.queries.threads import get_thread
from forum.views.merged import leads_on
from forum.views.requests import in_dialog, page_number, viewer_of


def _printed(request: HttpRequest, sheet: Sheet, address: str) -> HttpResponse:
    context = {
        "sheet": sheet,
        "thread": sheet.thread,
        "city": sheet.thread.city,
        "back": address,
        "address": request.build_absolute_uri(address),
        "printed_at": timezone.now(),
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
    sheet = sheet_of_thread(viewer, get_thread(viewer, thread), page_number(request))
    return _printed(request, sheet, reverse("thread", args=[thread]))
