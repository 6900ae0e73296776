"""Notices of a city: reading them; posting, changing and ending them in city hall."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from forum.actions.notices import edit_notice, end_notice, post_notice
from forum.caching.keeping import kept_for_visitors, of_city
from forum.forms.hall import NoticeForm
from forum.forms.moderation import ReasonForm
from forum.forms.problems import show_problems
from forum.permissions.cities import can_enter_hall
from forum.permissions.notices import can_post_notice
from forum.permissions.verdicts import require
from forum.queries.cities import readable_city_at
from forum.queries.notices import notice_in_city, notices_of_city
from forum.views.requests import answer, user_of, viewer_of


@require_GET
@kept_for_visitors(of_city, reads=("after", "before"))
def index(request: HttpRequest, city: str) -> HttpResponse:
    """Show all notices of a city, the newest first."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    context = {
        "city": found,
        "page": notices_of_city(viewer, found, marks=request.GET),
        "may_post": can_post_notice(viewer, found),
        "now": timezone.now(),
    }
    return render(request, "notices/index.html", context)


@require_GET
@kept_for_visitors(of_city, reads=("after", "before"))
def show(request: HttpRequest, city: str, notice: int) -> HttpResponse:
    """Show one notice on a page of its own."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    context = {
        "city": found,
        "notice": notice_in_city(viewer, found, notice),
        "may_post": can_post_notice(viewer, found),
        "now": timezone.now(),
    }
    return render(request, "notices/show.html", context)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def manage(request: HttpRequest, city: str) -> HttpResponse:
    """List the notices for those who care for them, and post one."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_enter_hall(viewer, found))
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            notice = post_notice(found, by=user_of(request), **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            text = _("The notice %(title)s is posted.") % {"title": notice.title}
            address = reverse("hall_notices", args=[found.slug])
            return answer(request, None, address, text, guard=f"notice-{found.pk}")
    context = {
        "city": found,
        "form": form,
        "page": notices_of_city(viewer, found, marks=request.GET),
        "may_post": can_post_notice(viewer, found),
        "now": timezone.now(),
    }
    return render(request, "hall/notices.html", context, status=422 if form.errors else 200)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, city: str, notice: int) -> HttpResponse:
    """Show a notice's form, and store what was changed."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_post_notice(viewer, found))
    told = notice_in_city(viewer, found, notice)
    form = NoticeForm(request.POST or None, instance=notice_in_city(viewer, found, notice))
    if request.method == "POST" and form.is_valid():
        try:
            edit_notice(told, by=user_of(request), **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            address = reverse("hall_notices", args=[found.slug])
            return answer(request, None, address, _("The notice is changed."), guard=f"notice-edit-{told.pk}")
    context = {"city": found, "notice": told, "form": form}
    return render(request, "hall/notice.html", context, status=422 if form.errors else 200)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, city: str, notice: int) -> HttpResponse:
    """Ask for a reason, and end a notice."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_post_notice(viewer, found))
    told = notice_in_city(viewer, found, notice)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        end_notice(told, by=user_of(request), reason=form.cleaned_data["reason"])
        text = _("The notice %(title)s has ended.") % {"title": told.title}
        return answer(request, None, reverse("hall_notices", args=[found.slug]), text)
    context = {"city": found, "notice": told, "form": form}
    return render(request, "hall/notice_end.html", context, status=422 if form.errors else 200)
