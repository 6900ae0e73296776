"""Views on acts in the log: taking one back, and keeping its names and content out of it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.limits import limited
from forum.actions.undoing import mark_private, undo_event
from forum.forms.moderation import ReasonForm
from forum.permissions.undoing import can_mark_private, can_undo_event
from forum.permissions.verdicts import require
from forum.queries.cities import readable_city_at
from forum.queries.log import act_in_log
from forum.views.acting import act, left_to_another, sent
from forum.views.requests import safe_next, user_of, viewer_of


@require_http_methods(["GET", "POST"])
@login_required
@limited("acting")
@left_to_another
def undo(request: HttpRequest, city: str, event: int) -> HttpResponse:
    """Ask for a reason, and take the act back."""
    viewer = viewer_of(request)
    found = act_in_log(viewer, readable_city_at(viewer, city), event)
    require(can_undo_event(viewer, found.event))
    needs_reason = found.event.kind in ("thread.restored", "post.restored") or bool(found.event.sanction_id)
    form = ReasonForm(sent(request), is_required=needs_reason)
    return act(
        request,
        form,
        lambda: undo_event(found.event, by=user_of(request), **form.cleaned_data),
        title=_("Take this act back"),
        done=_("The act is taken back."),
        back=safe_next(request, reverse("log", args=[city])),
        row=found,
    )


@require_http_methods(["GET", "POST"])
@login_required
@limited("acting")
@left_to_another
def private(request: HttpRequest, city: str, event: int) -> HttpResponse:
    """Take names and content of an act out of the public log, or put them back."""
    viewer = viewer_of(request)
    place = readable_city_at(viewer, city)
    require(can_mark_private(viewer, place))
    found = act_in_log(viewer, place, event)
    becomes = not found.event.is_private
    title = _("Keep this act private") if becomes else _("Show this act in full")
    form = ReasonForm(sent(request))
    return act(
        request,
        form,
        lambda: mark_private(found.event, by=user_of(request), private=becomes, **form.cleaned_data),
        title=title,
        done=_("Names and content are out of the public log.") if becomes else _("The log shows the act in full."),
        back=safe_next(request, reverse("log", args=[city])),
        row=found,
    )
