"""The entries of one's own digest: their notes, their order, taking them out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import limited
from forum.actions.digests import annotate_entry, arrange_digest, move_entry, place_entry, remove_entry
from forum.forms.digests import EntryForm
from forum.queries.digest_pages import digest_rows, row_page_of
from forum.queries.digests import get_entry, get_own_digest, shown_entry
from forum.views.digest_lines import asked_direction, moved_answer
from forum.views.requests import answer, in_dialog, page_number, user_of, viewer_of


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, digest: str, entry: int) -> HttpResponse:
    """Write or change the note of an entry, or put it into another chapter."""
    viewer, by = viewer_of(request), user_of(request)
    found = get_entry(viewer, digest, entry)
    form = EntryForm(request.POST or None, instance=get_entry(viewer, digest, entry))
    if request.method == "POST" and form.is_valid():
        found = annotate_entry(found, by=by, note=form.cleaned_data["note"])
        if "chapter" in form.cleaned_data:
            found = place_entry(found, by=by, chapter=form.cleaned_data["chapter"])
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('digest_edit', args=[digest])}?page={row_page_of(found)}#entry-{entry}")
    context = {"digest": found.digest, "shown": shown_entry(viewer, found), "form": form}
    return render(request, "digests/edit_entry.html", context, status=422 if form.is_bound else 200)


@login_required
@limited("acting")
@require_POST
def move(request: HttpRequest, digest: str, entry: int) -> HttpResponse:
    """Move an entry one place up or down; past a heading it comes into another chapter."""
    found = get_entry(viewer_of(request), digest, entry)
    moved = move_entry(found, by=user_of(request), direction=asked_direction(request))
    text = _("Now at place %(place)s.") % {"place": moved.position}
    if moved.chapter is not None and moved.chapter_id != found.chapter_id:
        text = _("Now at place %(place)s, in the chapter “%(title)s”.") % {
            "place": moved.position,
            "title": moved.chapter.title,
        }
    return moved_answer(request, found.digest, noun="entry", pk=entry, page=row_page_of(moved), text=text)


@login_required
@limited("acting")
@require_POST
def order(request: HttpRequest, digest: str) -> HttpResponse:
    """Take the order into which the lines of one page were dragged."""
    viewer = viewer_of(request)
    found = get_own_digest(viewer, digest)
    arrange_digest(found, by=user_of(request), order=request.POST.get("order", "").split(","))
    number = page_number(request)
    fragment = render(request, "digests/edit.html#list", {"digest": found, "shown": digest_rows(viewer, found, number)})
    return answer(request, fragment, f"{reverse('digest_edit', args=[digest])}?page={number}", _("The order is kept."))


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
