"""The entries of one's own digest: their notes, their order, taking them out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import limited
from forum.actions.digests import annotate_entry, move_entry, remove_entry
from forum.forms.digests import NoteForm
from forum.queries.digests import ENTRIES_PER_PAGE, entries_in_digest, get_entry, shown_entry
from forum.views.requests import answer, in_dialog, user_of, viewer_of


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, digest: str, entry: int) -> HttpResponse:
    """Write or change the note of an entry."""
    viewer = viewer_of(request)
    found = get_entry(viewer, digest, entry)
    form = NoteForm(request.POST or None, initial={"note": found.note})
    if request.method == "POST" and form.is_valid():
        annotate_entry(found, by=user_of(request), note=form.cleaned_data["note"])
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('digest_edit', args=[digest])}#entry-{entry}")
    context = {"digest": found.digest, "shown": shown_entry(viewer, found), "form": form}
    return render(request, "digests/edit_entry.html", context, status=422 if form.is_bound else 200)


@login_required
@limited("acting")
@require_POST
def move(request: HttpRequest, digest: str, entry: int) -> HttpResponse:
    """Move an entry one place up or down."""
    viewer = viewer_of(request)
    found = get_entry(viewer, digest, entry)
    direction = request.POST.get("to")
    if direction not in ("up", "down"):
        raise Http404("No such direction")
    moved = move_entry(found, by=user_of(request), direction="up" if direction == "up" else "down")
    number = (moved.position - 1) // ENTRIES_PER_PAGE + 1
    page, entries = entries_in_digest(viewer, found.digest, number)
    fragment = render(request, "digests/edit.html#list", {"digest": found.digest, "page": page, "entries": entries})
    back = f"{reverse('digest_edit', args=[digest])}?page={number}#entry-{entry}"
    return answer(request, fragment, back, _("Now at place %(place)s.") % {"place": moved.position})


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, digest: str, entry: int) -> HttpResponse:
    """Ask, then take an entry out of the digest."""
    viewer = viewer_of(request)
    found = get_entry(viewer, digest, entry)
    if request.method == "POST":
        remove_entry(found, by=user_of(request))
        return answer(request, None, reverse("digest_edit", args=[digest]), _("Taken out of the digest."))
    return in_dialog(
        request, "digests/remove_entry.html", {"digest": found.digest, "shown": shown_entry(viewer, found)}
    )
