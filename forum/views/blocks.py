"""Views of blocks: whom I block and which words I fold, blocking somebody, and no longer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import limited
from forum.actions.blocks import block_person, fold_words, unblock_person
from forum.forms.blocks import FoldedWordsForm
from forum.forms.problems import show_problems
from forum.permissions.blocks import can_block
from forum.permissions.verdicts import require
from forum.queries.blocks import blocks_of, person_to_unblock
from forum.queries.people import get_person
from forum.views.requests import answer, in_dialog, safe_next, user_of, viewer_of


@require_http_methods(["GET", "POST"])
@login_required
@limited("acting")
def index(request: HttpRequest) -> HttpResponse:
    """Whom I block and which words I fold (GET), and changing these words (POST)."""
    form = FoldedWordsForm(request.POST or None, initial={"words": user_of(request).folded_words})
    if request.method == "POST" and form.is_valid():
        try:
            fold_words(form.cleaned_data["words"], by=user_of(request))
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            messages.success(request, _("Saved."))
            return redirect("me_blocks")
    page = blocks_of(viewer_of(request), marks=request.GET)
    return render(request, "blocks/index.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
@limited("acting")
def block(request: HttpRequest, name: str) -> HttpResponse:
    """Ask, then block somebody."""
    person = get_person(name)
    require(can_block(viewer_of(request), person))
    back = safe_next(request, reverse("person", args=[person.username]))
    context = {"person": person, "back": back, "problem": ""}
    if request.method == "POST":
        try:
            block_person(person, by=user_of(request))
        except ValidationError as problem:
            return in_dialog(request, "blocks/ask.html", {**context, "problem": problem.messages[0]}, status=422)
        return answer(request, None, back, _("You block %(name)s from now on.") % {"name": person.name})
    return in_dialog(request, "blocks/ask.html", context)


@require_POST
@login_required
@limited("acting")
def unblock(request: HttpRequest, name: str) -> HttpResponse:
    """Block somebody no longer."""
    person = person_to_unblock(viewer_of(request), name)
    unblock_person(person, by=user_of(request))
    text = _("You no longer block %(name)s.") % {"name": person.name}
    return answer(request, None, safe_next(request, reverse("me_blocks")), text)
