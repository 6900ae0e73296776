"""What the writing views share about drafts: keeping what was typed, and going on with it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import BooleanField
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.actions.drafts import OpenForm, save_draft
from forum.actions.problems import DraftConflict
from forum.permissions.verdicts import Forbidden
from forum.queries.drafts import WORDS, draft_at, fields_of, form_address, last_draft_at, offer_in
from forum.text.diffs import differences, folded
from forum.views.requests import submission_of, user_of, viewer_of

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

FORMS = ("form", "poll_form")  # the forms of a page, by their names in its context


def unstored[**P](view: View[P]) -> View[P]:
    """Return the view with answers that no cache stores, nor that of the browser, when they hold unsent text."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method == "POST" or "draft" in request.GET or request.path.startswith(reverse("me_drafts")):
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return wrapper


def open_form(request: HttpRequest) -> OpenForm | None:
    """Return the form that was sent, as drafts know it: its mark, and the version of the draft it was filled from.

    None for what says neither, such as a program: it is not asked whether it knows what it writes over.
    """
    if not {"desk", "version"} & request.POST.keys():
        return None
    try:
        mark = UUID(request.POST.get("desk", ""))
    except ValueError:
        mark = None
    return OpenForm(mark, number_in(request.POST.get("version", "")) or 0)


def number_in(text: str) -> int | None:
    """Return the number that a field holds, None when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def beside(request: HttpRequest, context: dict[str, Any]) -> dict[str, str]:
    """Return what was chosen in the forms of the page beside the words, by the names of their fields."""
    fields = {name: field for key in FORMS if key in context for name, field in context[key].fields.items()}
    chosen = (name for name, field in fields.items() if name not in WORDS and not field.widget.is_hidden)
    # A box without its tick is not sent, and must come back without it.
    return {
        name: request.POST.get(name, "")
        for name in chosen
        if name in request.POST or isinstance(fields[name], BooleanField)
    }


def typed(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return what was typed for `context["place"]` and where, as the actions on drafts take it."""
    addressed = context.get("addressed")
    return {
        "by": user_of(request),
        "to": addressed.number if addressed else None,
        "base": number_in(request.POST.get("base", "")),
        "beside": beside(request, context),
        "submission": submission_of(request),
        "typed_in": open_form(request),
        **{name: request.POST.get(name, "") for name in WORDS},
    }


def keep(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Keep what was typed for `context["place"]`; return the draft's number and fields, none when nothing is new.

    Raises Forbidden, ValidationError and DraftConflict, as the action does.
    """
    draft = save_draft(context["place"], **typed(request, context))
    return {"draft": draft.pk, **fields_of(draft)} if draft else {}


def note(request: HttpRequest, context: dict[str, Any]) -> str:
    """Keep what was typed, if it can be, and return what to say of it beside the form.

    When the same draft was saved from elsewhere, `context` gets what to show of it.
    """
    try:
        return _("Your text is kept among your drafts.") if keep(request, context) else ""
    except ValidationError as problem:
        return " ".join(problem.messages)
    except DraftConflict as conflict:
        beside_other(request, context, conflict)
        return ""
    except Forbidden:
        return ""


def beside_other(request: HttpRequest, context: dict[str, Any], conflict: DraftConflict) -> None:
    """Put the other text and how this one differs into `context`; its form, sent again, knows of both."""
    context |= {"other": conflict.draft, "other_address": form_address(context["place"], conflict.draft.pk)}
    mine = request.POST.get("body", "").replace("\r\n", "\n").strip()
    context["other_changes"] = folded(differences(conflict.draft.body, mine))
    if form := context.get("form"):
        form.is_valid()
        form.data = {**form.data.dict(), "version": conflict.draft.version}
        form.add_error(None, _("This draft was changed in another window. Both texts are below the form."))


def offered(thread: Any) -> dict[str, Any]:
    """Return what the page of a thread shows of the draft that came along with it."""
    offer = offer_in(thread)
    return {"offered": offer, "offer_address": form_address(thread, offer.pk)} if offer else {}


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
