"""What the writing views share: a fresh form, a preview, a draft, and refusals that lose nothing.

The context of their pages names the `place` that is written to: a thread, a board or a post.
"""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.actions.problems import DraftConflict
from forum.actions.scheduling import schedule_text
from forum.forms.problems import show_problems
from forum.permissions.drafts import can_send_draft
from forum.permissions.verdicts import Forbidden
from forum.queries.drafts import WORDS, form_address
from forum.queries.previews import previewed
from forum.views import drafting
from forum.views.requests import announce, is_htmx, viewer_of


def fresh(kept: dict[str, Any] | None = None, **initial: Any) -> dict[str, Any]:
    """Return the initial values of a form: a new mark of submission, and what was kept for the writer."""
    return {"submission": uuid4(), "desk": uuid4(), **initial, **(kept or {})}


def unsent(request: HttpRequest, template: str, context: dict[str, Any], *, key: str) -> HttpResponse | None:
    """Answer what sends nothing: a preview, a draft saved by its button or as one types; None when it is to be sent.

    `key` is that of the text the browser kept.
    """
    if "preview" in request.POST:
        return preview(request, template, context)
    if "autosave" in request.POST:
        return autosaved(request, context)
    return drafted(request, template, context, key=key) if "draft" in request.POST else None


def preview(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with the text as it will look: alone for htmx, above the filled-in form for a plain browser."""
    form: BaseForm = context["form"]
    form.is_valid()
    shown = {
        "preview": previewed(request.POST.get("body", ""), request.POST.get("language", "")),
        "draft_note": drafting.note(request, context),
    }
    if is_htmx(request):
        return render(request, "posts/_preview.html", {**shown, "other": None})
    return render(request, template, {**context, **shown}, status=status_of(context, 200))


def status_of(context: dict[str, Any], status: int) -> int:
    """Return 409 when another text stands beside the one typed here, else `status`."""
    return 409 if context.get("other") else status


def autosaved(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Keep what is being typed and say which version it is; 409 with both texts when another form wrote as well."""
    try:
        draft = drafting.keep(request, context)
    except ValidationError as problem:
        return HttpResponse(" ".join(problem.messages), status=422, content_type="text/plain")
    except DraftConflict as conflict:
        drafting.beside_other(request, context, conflict)
        return render(request, "drafts/_other.html", context, status=409)
    return JsonResponse({name: draft.get(name) for name in ("version", "submission")})


def drafted(request: HttpRequest, template: str, context: dict[str, Any], *, key: str) -> HttpResponse:
    """Keep the text as a draft and answer with the form to go on; `key` is that of the text the browser kept."""
    try:
        draft = drafting.keep(request, context)
    except ValidationError as problem:
        show_problems(context["form"], problem)
        return render(request, template, context, status=422)
    except DraftConflict as conflict:
        drafting.beside_other(request, context, conflict)
        return render(request, template, context, status=409)
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
    context["draft_note"] = drafting.note(request, context)
    return render(request, template, context, status=status_of(context, 422))


def refused(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    problem: ValidationError | Forbidden | DraftConflict,
) -> HttpResponse:
    """Answer with the form as it was filled in and the reason: 422 at a field, 403 for a missing right, 409 for two."""
    form: BaseForm = context["form"]
    context["draft_note"] = drafting.note(request, context)
    if isinstance(problem, ValidationError):
        show_problems(form, problem, *filter(None, [context.get("poll_form")]))
        return render(request, template, context, status=status_of(context, 422))
    if isinstance(problem, Forbidden):
        form.add_error(None, str(problem.reason))
    return render(request, template, context, status=status_of(context, 403))


def later(request: HttpRequest, template: str, context: dict[str, Any], *, key: str) -> HttpResponse | None:
    """Let a valid text wait for the time its form names, and lead to the drafts; None when it is to be sent at once."""
    form = context["form"]
    if not form.cleaned_data.get("appears_at"):
        return None
    words = {name: value for name, value in form.to_send.items() if name not in (*WORDS, "to", "submission")}
    if "poll_form" in context:
        words["poll"] = context["poll_form"].words
    typed = drafting.typed(request, context)
    try:
        schedule_text(context["place"], appears_at=form.cleaned_data["appears_at"], sending=words, **typed)
    except (ValidationError, Forbidden, DraftConflict) as problem:
        return refused(request, template, context, problem)
    sent(request, _("Your text waits for its time. Until then it stands among your drafts."), key=key)
    return HttpResponse(headers={"HX-Redirect": reverse("me_drafts")}) if is_htmx(request) else redirect("me_drafts")


def sent(request: HttpRequest, text: str, *, key: str) -> None:
    """Say that the text has arrived; the browser then drops what it kept under `key`."""
    messages.success(request, text, extra_tags=key)
