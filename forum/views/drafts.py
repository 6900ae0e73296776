"""One's own drafts: the list, a text to read, and throwing one away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.limits import limited
from forum.actions.drafts import discard_draft
from forum.actions.scheduling import take_back_text
from forum.queries.drafts import drafts_of, get_draft, shown_draft, waiting_texts_of
from forum.views.drafting import unstored
from forum.views.requests import in_dialog, user_of, viewer_of


@login_required
@require_GET
@unstored
def index(request: HttpRequest) -> HttpResponse:
    """My drafts, the last changed first; before them, on the first page, what waits for its time."""
    viewer, is_first = viewer_of(request), not {"after", "before"} & request.GET.keys()
    waiting = waiting_texts_of(viewer) if is_first else []
    context = {"page": drafts_of(viewer, marks=request.GET), "waiting": waiting}
    return render(request, "drafts/index.html", context)


@login_required
@require_GET
@unstored
def show(request: HttpRequest, draft: int) -> HttpResponse:
    """Lead to the form filled in with the draft; show the text when it cannot be sent at present or waits."""
    viewer = viewer_of(request)
    shown = shown_draft(viewer, get_draft(viewer, draft))
    if shown.may_send and not shown.draft.appears_at:
        return redirect(shown.address)
    return render(request, "drafts/show.html", {"shown": shown})


@login_required
@limited("acting")
@require_POST
def take_back(request: HttpRequest, draft: int) -> HttpResponse:
    """Let a text of mine not appear by itself, and lead to its form or to the drafts."""
    viewer = viewer_of(request)
    try:
        found = take_back_text(get_draft(viewer, draft), by=user_of(request))
    except ObjectDoesNotExist as problem:
        raise Http404("It has appeared in this moment") from problem
    if "write" in request.POST:
        return redirect("draft", found.pk)
    messages.success(request, _("The text does not appear by itself any more. It is among your drafts."))
    return redirect("me_drafts")


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
@unstored
def discard(request: HttpRequest, draft: int) -> HttpResponse:
    """Ask, then throw a draft of mine away."""
    viewer = viewer_of(request)
    found = get_draft(viewer, draft)
    if request.method == "POST":
        discard_draft(found, by=user_of(request))
        messages.success(request, _("The draft is discarded."))
        return redirect("me_drafts")
    return in_dialog(request, "drafts/discard.html", {"shown": shown_draft(viewer, found)})
