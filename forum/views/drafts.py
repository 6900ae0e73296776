"""One's own drafts: the list, a text to read, and throwing one away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from forum.actions.drafts import discard_draft
from forum.queries.drafts import drafts_of, get_draft, shown_draft
from forum.views.requests import in_dialog, user_of, viewer_of


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """My drafts, the last changed first."""
    return render(request, "drafts/index.html", {"page": drafts_of(viewer_of(request), marks=request.GET)})


@login_required
@require_GET
def show(request: HttpRequest, draft: int) -> HttpResponse:
    """Lead to the form filled in with the draft, or show the text when it cannot be sent at present."""
    viewer = viewer_of(request)
    shown = shown_draft(viewer, get_draft(viewer, draft))
    return redirect(shown.address) if shown.may_send else render(request, "drafts/show.html", {"shown": shown})


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, draft: int) -> HttpResponse:
    """Ask, then throw a draft of mine away."""
    viewer = viewer_of(request)
    found = get_draft(viewer, draft)
    if request.method == "POST":
        discard_draft(found, by=user_of(request))
        messages.success(request, _("The draft is discarded."))
        return redirect("me_drafts")
    return in_dialog(request, "drafts/discard.html", {"shown": shown_draft(viewer, found)})
