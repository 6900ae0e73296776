"""Erasing personal content for good: what an act says, or one version of a post."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.limits import limited
from forum.actions.erasing import erase_event_content, erase_revision
from forum.forms.moderation import ReasonForm
from forum.permissions.erasing import can_erase_content
from forum.permissions.verdicts import require
from forum.queries.cities import readable_city_at
from forum.queries.log import act_in_log
from forum.queries.posts import get_post
from forum.queries.revisions import version_of
from forum.views.acting import act, sent
from forum.views.requests import user_of, viewer_of


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def event(request: HttpRequest, city: str, event: int) -> HttpResponse:
    """Ask for a reason, and erase what an act of the log says."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    told = act_in_log(viewer, found, event).event
    require(can_erase_content(viewer))
    form = ReasonForm(sent(request), is_required=True)
    return act(
        request,
        form,
        lambda: erase_event_content(told, by=user_of(request), reason=form.cleaned_data["reason"]),
        title=_("Erase what this act says"),
        done=_("What the act said is erased; its hash stays."),
        back=reverse("log_event", args=[found.slug, told.pk]),
        text=_("The words go for good and cannot be brought back. The act and its hash stay."),
    )


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def revision(request: HttpRequest, post: int, number: int) -> HttpResponse:
    """Ask for a reason, and erase one version of a post."""
    viewer = viewer_of(request)
    found = get_post(viewer, post, readable=False)
    require(can_erase_content(viewer))
    version = version_of(found, number)
    form = ReasonForm(sent(request), is_required=True)
    return act(
        request,
        form,
        lambda: erase_revision(version, by=user_of(request), reason=form.cleaned_data["reason"]),
        title=_("Erase version %(number)s") % {"number": number},
        done=_("The version is erased; its hash stays."),
        back=reverse("post_history", args=[post]),
        text=_("The words go for good and cannot be brought back. The version and its hash stay."),
    )
