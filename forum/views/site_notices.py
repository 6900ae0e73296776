"""Notices of the site: reading them; posting, changing and ending them in the hall of the site's moderators."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from forum.actions.notices import edit_notice, end_notice, post_notice
from forum.caching.keeping import kept_for_visitors
from forum.forms.problems import show_problems
from forum.forms.site_hall import SiteNoticeForm, SiteReasonForm
from forum.permissions.notices import can_change_notice, can_post_notice
from forum.permissions.verdicts import require
from forum.queries.notices import notice_in_city, notices_of_city
from forum.views.acting import act
from forum.views.requests import answer, user_of, viewer_of
from forum.views.site_hall import for_moderators


@require_GET
@kept_for_visitors(reads=("after", "before"))
def index(request: HttpRequest) -> HttpResponse:
    """Show all notices of the site, the newest first."""
    viewer = viewer_of(request)
    page = notices_of_city(viewer, None, marks=request.GET)
    context = {"page": page, "may_post": can_post_notice(viewer, None), "now": timezone.now()}
    return render(request, "site_hall/notices_public.html", context)


@require_GET
@kept_for_visitors(reads=("after", "before"))
def show(request: HttpRequest, site_notice: int) -> HttpResponse:
    """Show one notice of the site on a page of its own."""
    viewer = viewer_of(request)
    notice = notice_in_city(viewer, None, site_notice)
    context = {"notice": notice, "may_post": can_post_notice(viewer, None), "now": timezone.now()}
    return render(request, "site_hall/notice_public.html", context)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
@for_moderators
def manage(request: HttpRequest) -> HttpResponse:
    """List the notices for the moderators, and post one."""
    viewer = viewer_of(request)
    form = SiteNoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            notice = post_notice(None, by=user_of(request), **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            text = _("The notice %(title)s is posted.") % {"title": notice.title}
            return answer(request, None, reverse("site_notices"), text, guard="notice-site")
    context = {
        "form": form,
        "page": notices_of_city(viewer, None, marks=request.GET),
        "may_post": can_post_notice(viewer, None),
        "now": timezone.now(),
    }
    return render(request, "site_hall/notices.html", context, status=422 if form.errors else 200)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
@for_moderators
def edit(request: HttpRequest, site_notice: int) -> HttpResponse:
    """Show a notice's form, and store what was changed."""
    viewer = viewer_of(request)
    told = notice_in_city(viewer, None, site_notice)
    require(can_change_notice(viewer, told))
    form = SiteNoticeForm(request.POST or None, instance=notice_in_city(viewer, None, site_notice))
    if request.method == "POST" and form.is_valid():
        try:
            edit_notice(told, by=user_of(request), **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            guard = f"notice-edit-{told.pk}"
            return answer(request, None, reverse("site_notices"), _("The notice is changed."), guard=guard)
    return render(request, "site_hall/notice.html", {"notice": told, "form": form}, status=422 if form.errors else 200)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
@for_moderators
def end(request: HttpRequest, site_notice: int) -> HttpResponse:
    """Ask for a reason, and end a notice."""
    told = notice_in_city(viewer_of(request), None, site_notice)
    require(can_change_notice(viewer_of(request), told))
    form = SiteReasonForm(request.POST if request.method == "POST" else None)
    return act(
        request,
        form,
        lambda: end_notice(told, by=user_of(request), reason=form.cleaned_data["reason"]),
        title=_("End the notice?"),
        done=gettext_lazy("The notice has ended."),
        back=reverse("site_notices"),
        text=_("“%(title)s” leaves the front page and stays in the list of notices.") % {"title": told.title},
    )
