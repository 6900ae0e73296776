"""Reporting a post, a thread, a person or a city; one's own reports and taking one back."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.limits import limited
from forum.actions.reports import file_report, withdraw_report
from forum.forms.problems import show_problems
from forum.forms.reports import ReportForm, WhereForm
from forum.permissions.reports import can_report_city, can_report_person, can_report_post, can_report_thread
from forum.permissions.verdicts import Verdict, require
from forum.queries.cities import city_at
from forum.queries.digests import get_digest
from forum.queries.message_reports import message_reports_by
from forum.queries.people import get_person
from forum.queries.posts import get_post, place_of
from forum.queries.reports import cities_of_person, get_own_report, reasons_for, reports_of, standing_report
from forum.queries.threads import get_thread
from forum.views.kept import login_required_to_write, take_kept
from forum.views.requests import answer, in_dialog, safe_next, user_of, viewer_of

TITLES: dict[str, Promise | str] = {
    "post": gettext_lazy("Report this post"),
    "thread": gettext_lazy("Report this thread"),
    "person": gettext_lazy("Report this person"),
    "city": gettext_lazy("Report this city"),
    "digest": gettext_lazy("Report this digest"),
}


def _report(
    request: HttpRequest, kind: str, city: Any, thing: dict[str, Any], verdict: Verdict, back: str, about: str = ""
) -> Any:
    """Ask why the thing is reported, and report it; who has done so already is told what became of it.

    `about` names a digest of the person, and begins the words.
    """
    require(verdict)
    is_text = kind in ("post", "thread")
    initial = {"words": about, **(take_kept(request) or {})}
    form = ReportForm(request.POST or None, reasons=reasons_for(city, kind), is_text=is_text, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            file_report(by=user_of(request), **thing, **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            return answer(request, None, back, _("Thank you. You will be told what is decided."))
    title = TITLES["digest" if about else kind]
    context = {"form": form, "title": title, "kind": kind, "city": city, "action": request.get_full_path()}
    context |= {"cancel": back, "earlier": standing_report(user_of(request), thing), **thing}
    return in_dialog(request, "reports/new.html", context, status=422 if form.errors else 200)


@login_required_to_write()
@limited("acting")
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, post: int) -> HttpResponse:
    """Report a post."""
    viewer = viewer_of(request)
    found = get_post(viewer, post)
    city = found.thread.city
    return _report(request, "post", city, {"post": found}, can_report_post(viewer, found), place_of(found))


@login_required_to_write()
@limited("acting")
@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest, thread: int) -> HttpResponse:
    """Report a thread."""
    viewer = viewer_of(request)
    found = get_thread(viewer, thread)
    back = reverse("thread", args=[thread])
    return _report(request, "thread", found.city, {"thread": found}, can_report_thread(viewer, found), back)


def _digest_at(request: HttpRequest, owner: str, slug: str) -> tuple[str, str]:
    """Return the address of a digest that is reported, and the words that name it."""
    digest, path = get_digest(viewer_of(request), owner, slug), reverse("digest", args=[owner, slug])
    place = {"title": digest.title, "address": request.build_absolute_uri(path)}
    return path, _("About the digest “%(title)s”, %(address)s:") % place + "\n"


@login_required_to_write()
@limited("acting")
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, name: str) -> HttpResponse:
    """Report a person, or the digest of theirs that `?digest=` names, in the city of `?city=`; or ask in which."""
    viewer, found = viewer_of(request), get_person(name)
    require(can_report_person(viewer, found.pk))
    cities = {city.slug: city for city in cities_of_person(viewer, found)}
    chosen = request.GET.get("city") or (next(iter(cities)) if len(cities) == 1 else "")
    if chosen and chosen not in cities:
        raise Http404("The person is not of this city")
    slug = request.GET.get("digest", "")
    back, about = _digest_at(request, found.username, slug) if slug else (reverse("person", args=[found.username]), "")
    if chosen:
        thing = {"person": found, "city": cities[chosen]}
        return _report(request, "person", cities[chosen], thing, can_report_person(viewer, found.pk), back, about)
    form = WhereForm(cities=list(cities.values()), initial={"digest": slug})
    context = {"person": found, "form": form, "has_cities": bool(cities), "cancel": back}
    context["title"] = TITLES["digest" if slug else "person"]
    return in_dialog(request, "reports/where.html", context)


@login_required_to_write()
@limited("acting")
@require_http_methods(["GET", "POST"])
def city(request: HttpRequest, city: str) -> HttpResponse:
    """Report a city as a whole to the site's moderators."""
    viewer = viewer_of(request)
    found = city_at(viewer, city)
    back = reverse("city", args=[found.slug])
    return _report(request, "city", found, {"city": found}, can_report_city(viewer, found), back)


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show one's own reports with what became of them."""
    viewer = viewer_of(request)
    context = {"page": reports_of(viewer, marks=request.GET), "message_reports": message_reports_by(viewer)}
    return render(request, "reports/index.html", context)


@login_required
@limited("acting")
@require_POST
def withdraw(request: HttpRequest, report: int) -> HttpResponse:
    """Take back one's own report."""
    done = withdraw_report(get_own_report(viewer_of(request), report), by=user_of(request))
    text = _("The report is withdrawn.")
    if done.state != done.State.WITHDRAWN:
        text = _("This report is decided already.")
    return answer(request, None, safe_next(request, reverse("me_reports")), text)
