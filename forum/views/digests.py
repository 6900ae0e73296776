"""The page of a digest; one's own digests, to make, change and delete."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from forum.actions.digests import change_digest, create_digest, delete_digest
from forum.caching.keeping import kept_for_visitors
from forum.forms.digests import DigestForm, NewDigestForm
from forum.forms.problems import show_problems
from forum.queries.digest_pages import contents_of, digest_page, digest_rows
from forum.queries.digests import digests_of, get_digest, get_own_digest
from forum.queries.heads import digest_meta
from forum.views.requests import in_dialog, origin_of, page_number, user_of, viewer_of


@require_GET
@kept_for_visitors(reads=("page",))
@limited("reading", reads=True, near=True)
def show(request: HttpRequest, name: str, digest: str) -> HttpResponse:
    """A digest with its kept texts."""
    viewer = viewer_of(request)
    found = get_digest(viewer, name, digest)
    shown = digest_page(viewer, found, page_number(request))
    context = {
        "meta": digest_meta(origin_of(request), found, shown.page),
        "digest": found,
        "shown": shown,
        "contents": contents_of(viewer, found, shown.chapters) if shown.page.number == 1 else [],
        "is_mine": found.owner == viewer.user,
    }
    return render(request, "digests/show.html", context)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """My digests, and a form for a new one."""
    form = NewDigestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            digest = create_digest(by=user_of(request), **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            messages.success(request, _("Your digest is here. Keep posts in it from their threads."))
            return redirect("digest_edit", digest.slug)
    context = {"digests": digests_of(viewer_of(request), user_of(request)), "form": form}
    return render(request, "digests/index.html", context, status=422 if form.is_bound else 200)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, digest: str) -> HttpResponse:
    """Change a digest of mine; put its entries in order."""
    viewer = viewer_of(request)
    found = get_own_digest(viewer, digest)
    form = DigestForm(request.POST or None, initial=found.__dict__)
    if request.method == "POST" and form.is_valid():
        try:
            change_digest(found, by=user_of(request), **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            messages.success(request, _("Saved."))
            return redirect("digest_edit", found.slug)
    context = {"digest": found, "form": form, "shown": digest_rows(viewer, found, page_number(request))}
    return render(request, "digests/edit.html", context, status=422 if form.is_bound else 200)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, digest: str) -> HttpResponse:
    """Ask, then delete a digest of mine."""
    found = get_own_digest(viewer_of(request), digest)
    if request.method == "POST":
        delete_digest(found, by=user_of(request))
        messages.success(request, _("The digest %(title)s is deleted.") % {"title": found.title})
        return redirect("me_digests")
    return in_dialog(request, "digests/delete.html", {"digest": found})
