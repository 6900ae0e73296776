"""Views of notifications: what is new for me, how much, opening one, having read one or all."""

from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.limits import limited
from forum.notifying.bundles import bundled, place_of_news
from forum.notifying.reading import mark_all_read, mark_read
from forum.queries.notifications import get_notification, notifications_of
from forum.views.requests import announce, answer, is_htmx, user_of, viewer_of


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """My notifications, the newest first."""
    return _page(request, "notifications/index.html")


def _page(request: HttpRequest, template: str) -> HttpResponse:
    page = notifications_of(viewer_of(request), marks=request.GET)
    context = {
        "page": page,
        "bundles": bundled(page.items),
        "until": max((row.pk for row in page.items), default=0),
        "has_unread": any(row.read_at is None for row in page.items),
    }
    return render(request, template, context)


@login_required
@require_GET
def count(request: HttpRequest) -> HttpResponse:
    """How many are unread, for the header of an open page; nothing (204) when that is what it shows (`known`)."""
    known, unread = request.GET.get("known", ""), viewer_of(request).unread
    if known == str(unread):
        return HttpResponse(status=204, headers={"Cache-Control": "private, no-store"})
    return never_cached(render(request, "notifications/_count.html", {"unread": unread}))


def never_cached(response: HttpResponse) -> HttpResponse:
    """Return the answer as one that nobody keeps."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_GET
def show(request: HttpRequest, notification: int) -> HttpResponse:
    """Lead to what a notification is about. The page that opens there says that it was read.

    A browser may fetch this ahead, and nobody has read anything then: so it changes nothing.
    """
    found = get_notification(viewer_of(request), notification)
    place = urlsplit(place_of_news(found))
    query = f"{place.query}&news={found.pk}" if place.query else f"news={found.pk}"
    return redirect(urlunsplit(place._replace(query=query)))


@login_required
@limited("reading", near=True)
@require_POST
def read(request: HttpRequest, notification: int) -> HttpResponse:
    """Mark one as read, with all that stand in one line with it."""
    found = get_notification(viewer_of(request), notification)
    mark_read(found)
    if is_htmx(request) and "silently" in request.POST:
        return HttpResponse(status=204)
    return _answer(request, _("Marked as read."))


@login_required
@limited("acting")
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read that were there when the page was shown."""
    until = request.POST.get("until", "")
    is_id = until.isascii() and until.isdigit() and len(until) < 19
    mark_all_read(user_of(request), until=int(until) if is_id else None)
    return _answer(request, _("All notifications are marked as read."))


def _answer(request: HttpRequest, text: str) -> HttpResponse:
    fragment = _page(request, "notifications/index.html#list")
    response = answer(request, fragment, reverse("me_notifications"), text)
    return announce(response, text, news=True) if is_htmx(request) else response
