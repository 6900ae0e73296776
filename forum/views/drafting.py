"""What the writing views share about drafts: keeping what was typed, and going on with it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from forum.actions.drafts import save_draft
from forum.permissions.verdicts import Forbidden
from forum.queries.drafts import WORDS, draft_at, fields_of, form_address, last_draft_at
from forum.views.requests import submission_of, user_of, viewer_of


def keep(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Keep what was typed for `context["place"]`; return the draft's number and fields, none when nothing is new.

    Raises Forbidden and ValidationError, as the action does.
    """
    words: dict[str, Any] = {name: request.POST.get(name, "") for name in WORDS}
    addressed, base = context.get("addressed"), request.POST.get("base", "")
    draft = save_draft(
        context["place"],
        by=user_of(request),
        to=addressed.number if addressed else None,
        base=int(base) if base.isascii() and base.isdigit() and len(base) < 10 else None,
        submission=submission_of(request),
        **words,
    )
    return {"draft": draft.pk, **fields_of(draft)} if draft else {}


def note(request: HttpRequest, context: dict[str, Any]) -> str:
    """Keep what was typed, if it can be, and return what to say of it beside the form."""
    try:
        return _("Your text is kept among your drafts.") if keep(request, context) else ""
    except ValidationError as problem:
        return " ".join(problem.messages)
    except Forbidden:
        return ""


def begun(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of the draft that `?draft=` names, none without it; then `context` gets the last one to offer.

    One query. Raises Http404 when the draft is not the reader's, or for another place.
    """
    viewer, place = viewer_of(request), context["place"]
    if pk := request.GET.get("draft"):
        return fields_of(draft_at(viewer, place, pk))
    if offered := last_draft_at(viewer, place):
        context |= {"offered": offered, "offer_address": form_address(place, offered.pk)}
    return {}
