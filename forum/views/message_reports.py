"""Reported messages in the hall of the site's moderators: the list, and deciding about one."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from forum.actions.message_reports import decide_message_report
from forum.forms.messages import DecisionForm
from forum.forms.problems import show_problems
from forum.permissions.messages import can_decide_message_report
from forum.queries.message_reports import get_message_report, message_reports
from forum.queries.previews import previewed
from forum.views.requests import answer, user_of, viewer_of
from forum.views.site_hall import for_moderators


@login_required
@require_GET
@for_moderators
def index(request: HttpRequest) -> HttpResponse:
    """List the reported messages that wait, or with `?show=decided` those that are decided."""
    decided = request.GET.get("show") == "decided"
    page = message_reports(viewer_of(request), marks=request.GET, decided=decided)
    return render(request, "site_hall/messages.html", {"page": page, "decided": decided})


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
@for_moderators
def show(request: HttpRequest, message_report: int) -> HttpResponse:
    """Show the copy of a reported message with who reported it and why, and decide."""
    viewer = viewer_of(request)
    report = get_message_report(viewer, message_report)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = decide_message_report(report, by=user_of(request), **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            is_mine = done.decided_by_id == user_of(request).pk
            text = _("Decided.") if is_mine else _("Somebody else has decided already.")
            return answer(request, None, reverse("site_message_report", args=[report.pk]), text)
    context = {"report": report, "copy": previewed(report.body), "form": form}
    context["may_decide"] = can_decide_message_report(viewer, report)
    return render(request, "site_hall/message.html", context, status=422 if form.errors else 200)
