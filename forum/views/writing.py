"""What the writing views share: a fresh form, a preview, a draft, and refusals that lose nothing.

The context of their pages names the `place` that is written to: a thread, a board or a post.
"""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from forum.forms.problems import show_problems
from forum.permissions.drafts import can_send_draft
from forum.permissions.verdicts import Forbidden
from forum.queries.drafts import form_address
from forum.queries.previews import previewed
from forum.views import drafting
from forum.views.requests import announce, is_htmx, viewer_of


def fresh(kept: dict[str, Any] | None = None, **initial: Any) -> dict[str, Any]:
    """Return the initial values of a form: a new mark of submission, and what was kept for the writer."""
    return {"submission": uuid4(), **initial, **(kept or {})}


def preview(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with the text as it will look: alone for htmx, above the filled-in form for a plain browser."""
    shown = {"preview": previewed(request.POST.get("body", "")), "draft_note": drafting.note(request, context)}
    if is_htmx(request):
        return render(request, "posts/_preview.html", shown)
    form: BaseForm = context["form"]
    form.is_valid()
    return render(request, template, {**context, **shown})


def drafted(request: HttpRequest, template: str, context: dict[str, Any], *, key: str) -> HttpResponse:
    """Keep the text as a draft and answer with the form to go on; `key` is that of the text the browser kept."""
    try:
        draft = drafting.keep(request, context)
    except ValidationError as problem:
        show_problems(context["form"], problem)
        return render(request, template, context, status=422)
    text = _("Saved as a draft.") if draft else _("There is nothing new to save.")
    if not is_htmx(request):
        messages.info(request, text, extra_tags=key if draft else "")
        may_go_on = can_send_draft(viewer_of(request), context["place"])
        return redirect(form_address(context["place"], draft.get("draft")) if may_go_on else "me_drafts")
    if draft:
        context["form"] = context["form"].renewed(draft)
    return announce(render(request, template, {**context, "draft_note": text, "is_saved": True}), text)


def incomplete(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with the form as it was filled in, what is wrong at its field; what was typed becomes a draft."""
    return render(request, template, {**context, "draft_note": drafting.note(request, context)}, status=422)


def refused(
    request: HttpRequest, template: str, context: dict[str, Any], problem: ValidationError | Forbidden
) -> HttpResponse:
    """Answer with the form as it was filled in and the reason: 422 at a field, 403 for a missing right."""
    form: BaseForm = context["form"]
    context["draft_note"] = drafting.note(request, context)
    if isinstance(problem, ValidationError):
        show_problems(form, problem, *filter(None, [context.get("poll_form")]))
        return render(request, template, context, status=422)
    form.add_error(None, str(problem.reason))
    return render(request, template, context, status=403)


def sent(request: HttpRequest, text: str, *, key: str) -> None:
    """Say that the text has arrived; the browser then drops what it kept under `key`."""
    messages.success(request, text, extra_tags=key)
