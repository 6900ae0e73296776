"""What the writing views share: a fresh form, a preview, and refusals that lose nothing."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forum.forms.problems import show_problems
from forum.permissions.verdicts import Forbidden
from forum.queries.previews import previewed
from forum.views.requests import is_htmx


def fresh(kept: dict[str, Any] | None = None, **initial: Any) -> dict[str, Any]:
    """Return the initial values of a form: a new mark of submission, and what was kept for the writer."""
    return {"submission": uuid4(), **initial, **(kept or {})}


def preview(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with the text as it will look: alone for htmx, above the filled-in form for a plain browser."""
    shown = previewed(request.POST.get("body", ""))
    if is_htmx(request):
        return render(request, "posts/_preview.html", {"preview": shown})
    form: BaseForm = context["form"]
    form.is_valid()
    return render(request, template, {**context, "preview": shown})


def refused(
    request: HttpRequest, template: str, context: dict[str, Any], problem: ValidationError | Forbidden
) -> HttpResponse:
    """Answer with the form as it was filled in and the reason: 422 at a field, 403 for a missing right."""
    form: BaseForm = context["form"]
    if isinstance(problem, ValidationError):
        show_problems(form, problem)
        return render(request, template, context, status=422)
    form.add_error(None, str(problem.reason))
    return render(request, template, context, status=403)


def sent(request: HttpRequest, text: str, *, key: str) -> None:
    """Say that the text has arrived; the browser then drops what it kept under `key`."""
    messages.success(request, text, extra_tags=key)
