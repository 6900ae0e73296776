"""Views of notifications: what is new for me, opening one, having read them all."""

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
from forum.views.requests import answer, user_of, viewer_of


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
def show(request: HttpRequest, notification: int) -> HttpResponse:
    """Go to what a notification is about; that is to have read it."""
    found = get_notification(viewer_of(request), notification)
    mark_read(found)
    return redirect(place_of_news(found))


@login_required
@limited("acting")
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark all as read that were there when the page was shown."""
    until = request.POST.get("until", "")
    is_id = until.isascii() and until.isdigit() and len(until) < 19
    mark_all_read(user_of(request), until=int(until) if is_id else None)
    fragment = _page(request, "notifications/index.html#list")
    return answer(request, fragment, reverse("me_notifications"), _("All notifications are marked as read."))
