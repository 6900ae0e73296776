"""Keeping a post in a digest."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.limits import limited
from forum.actions.digests import keep_in_new_digest, keep_post
from forum.forms.digests import KeepForm
from forum.forms.problems import show_problems
from forum.permissions.digests import can_keep_post
from forum.permissions.verdicts import require
from forum.queries.digests import choices_for
from forum.queries.posts import get_post, shown_posts
from forum.views.requests import announce, in_dialog, is_htmx, user_of, viewer_of


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, post: int) -> HttpResponse:
    """Choose the digest in which to keep the post, or make one."""
    viewer, by = viewer_of(request), user_of(request)
    found = get_post(viewer, post)
    require(can_keep_post(viewer, found))
    form = KeepForm(request.POST or None, choices=choices_for(viewer, found))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if form.chosen:
                entry = keep_post(found, by=by, digest=form.chosen, note=data["note"])
            else:
                fields = {name: data[name] for name in ("title", "is_public", "note")}
                entry = keep_in_new_digest(found, by=by, **fields)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            return _kept(request, post, _("Kept in the digest %(title)s.") % {"title": entry.digest.title})
    context = {"post": found, "thread": found.thread, "form": form}
    return in_dialog(request, "digests/keep.html", context, status=422 if form.is_bound else 200)


def _kept(request: HttpRequest, pk: int, text: str) -> HttpResponse:
    """Close the chooser and mark the post as kept, or lead back to the post."""
    if not is_htmx(request):
        messages.success(request, text)
        return redirect("post", pk)
    viewer = viewer_of(request)
    shown = shown_posts(viewer, [get_post(viewer, pk)])[0]
    return announce(render(request, "digests/_kept.html", {"shown": shown}), text, **{"dialog:close": {}})
