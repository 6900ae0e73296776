"""What makes a book of one's own digest: its foreword, its chapters."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import limited
from forum.actions.digests import add_chapter, change_chapter, move_chapter, remove_chapter, write_foreword
from forum.forms.digests import ChapterForm, ForewordForm
from forum.forms.problems import show_problems
from forum.queries.digest_pages import get_chapter, row_page_of
from forum.queries.digests import get_entry, get_own_digest
from forum.queries.previews import previewed
from forum.views.digest_lines import asked_direction, moved_answer
from forum.views.requests import answer, in_dialog, is_htmx, user_of, viewer_of


def _page(request: HttpRequest, template: str, context: dict[str, Any], form: Form) -> HttpResponse:
    """Show the form of a long text: the text as it will look when that was asked for, else what is wrong with it."""
    context = {**context, "form": form}
    if "preview" not in request.POST:
        return render(request, template, context, status=422 if form.is_bound else 200)
    context["preview"] = previewed(request.POST.get("body", ""))
    return render(request, "posts/_preview.html" if is_htmx(request) else template, context)


def _is_sent(request: HttpRequest, form: Form) -> bool:
    return request.method == "POST" and "preview" not in request.POST and form.is_valid()


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def foreword(request: HttpRequest, digest: str) -> HttpResponse:
    """Write the foreword of a digest."""
    found = get_own_digest(viewer_of(request), digest)
    form = ForewordForm(request.POST or None, initial={"body": found.foreword})
    if _is_sent(request, form):
        write_foreword(found, by=user_of(request), body=form.cleaned_data["body"])
        key = f"foreword-{found.pk}"
        return answer(request, None, reverse("digest_edit", args=[digest]), _("The foreword is saved."), key)
    return _page(request, "digests/foreword.html", {"digest": found}, form)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, digest: str) -> HttpResponse:
    """Begin a chapter with the text that `?before=` names, or an empty one at the end."""
    viewer = viewer_of(request)
    found = get_own_digest(viewer, digest)
    first = request.GET.get("before", "")
    before = get_entry(viewer, digest, int(first)) if first.isascii() and first.isdigit() and len(first) < 19 else None
    form = ChapterForm(request.POST or None)
    if _is_sent(request, form):
        title, text = form.cleaned_data["title"], form.cleaned_data["body"]
        try:
            chapter = add_chapter(found, by=user_of(request), title=title, introduction=text, before=before)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            back = f"{reverse('digest_edit', args=[digest])}?page={row_page_of(chapter)}#chapter-{chapter.pk}"
            return answer(request, None, back, _("The chapter has begun."), f"chapter-of-{found.pk}")
    return _page(request, "digests/chapter.html", {"digest": found, "before": before}, form)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, digest: str, chapter: int) -> HttpResponse:
    """Change the heading of a chapter and what it opens with."""
    found = get_chapter(viewer_of(request), digest, chapter)
    form = ChapterForm(request.POST or None, initial={"title": found.title, "body": found.introduction})
    if _is_sent(request, form):
        title, text = form.cleaned_data["title"], form.cleaned_data["body"]
        try:
            change_chapter(found, by=user_of(request), title=title, introduction=text)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            back = f"{reverse('digest_edit', args=[digest])}?page={row_page_of(found)}#chapter-{chapter}"
            return answer(request, None, back, _("Saved."), f"chapter-{chapter}")
    return _page(request, "digests/chapter.html", {"digest": found.digest, "chapter": found}, form)


@login_required
@limited("acting")
@require_POST
def move(request: HttpRequest, digest: str, chapter: int) -> HttpResponse:
    """Move a chapter with its texts before the one above or behind the one below."""
    found = get_chapter(viewer_of(request), digest, chapter)
    moved = move_chapter(found, by=user_of(request), direction=asked_direction(request))
    text = _("Now chapter %(number)s.") % {"number": moved.position}
    return moved_answer(request, found.digest, noun="chapter", pk=chapter, page=row_page_of(moved), text=text)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, digest: str, chapter: int) -> HttpResponse:
    """Ask, then take the heading of a chapter away; its texts stay."""
    found = get_chapter(viewer_of(request), digest, chapter)
    if request.method == "POST":
        remove_chapter(found, by=user_of(request))
        return answer(request, None, reverse("digest_edit", args=[digest]), _("The heading is gone, its texts stay."))
    return in_dialog(request, "digests/remove_chapter.html", {"digest": found.digest, "chapter": found})
