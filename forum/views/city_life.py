"""City life: the roll call, the guestbook, recommending a city."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from forum.actions import city_life as actions
from forum.caching.keeping import kept_for_visitors, of_city
from forum.forms.city_life import GuestbookForm
from forum.forms.moderation import ReasonForm
from forum.forms.problems import show_problems
from forum.permissions.city_life import can_answer_roll, can_moderate_guestbook, can_write_in_guestbook
from forum.permissions.verdicts import require
from forum.queries import city_life as queries
from forum.queries.cities import readable_city_at
from forum.views.kept import login_required_to_write, take_kept
from forum.views.requests import answer, page_number, submission_of, user_of, viewer_of


@require_GET
@kept_for_visitors(of_city, reads=("month",))
def roll(request: HttpRequest, city: str) -> HttpResponse:
    """The calendar of the roll call, and who answered today."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    month = queries.roll_of_city(viewer, found, month=request.GET.get("month", ""))
    context = {"city": found, "month": month, "may_answer": can_answer_roll(viewer, found)}
    return render(request, "roll/index.html", context)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def answer_roll(request: HttpRequest, city: str) -> HttpResponse:
    """Answer today's roll call. Who comes here from the sign-in page is led to the calendar."""
    found = readable_city_at(viewer_of(request), city)
    if request.method == "POST":
        actions.answer_roll(found, by=user_of(request))
        return answer(request, None, reverse("roll", args=[found.slug]), _("You are on today's roll."))
    return redirect("roll", found.slug)


@require_http_methods(["GET", "POST"])
def guestbook(request: HttpRequest, city: str) -> HttpResponseBase:
    """The guestbook (GET), and a line for it (POST)."""
    return _write(request, city=city) if request.method == "POST" else _guestbook(request, city)


def _guestbook(request: HttpRequest, city: str, form: GuestbookForm | None = None) -> HttpResponse:
    """Show one page of the guestbook."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    context = {
        "city": found,
        "page": queries.guestbook_of_city(viewer, found, marks=request.GET),
        "form": form or GuestbookForm(initial=take_kept(request)),
        "submission": submission_of(request),
        "may_write": can_write_in_guestbook(viewer, found),
        "may_moderate": can_moderate_guestbook(viewer, found),
    }
    return render(request, "guestbook/index.html", context, status=422 if form else 200)


@login_required_to_write(lambda request, city: reverse("guestbook", args=[city]))
@limited("posting")
def _write(request: HttpRequest, city: str) -> HttpResponse:
    """Store a line."""
    found = readable_city_at(viewer_of(request), city)
    form = GuestbookForm(request.POST)
    if form.is_valid():
        try:
            actions.write_in_guestbook(
                found, by=user_of(request), body=form.cleaned_data["body"], submission=submission_of(request)
            )
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            text = _("Your line stands in the guestbook.")
            return answer(request, None, reverse("guestbook", args=[city]), text, guard=f"guestbook-{found.pk}")
    return _guestbook(request, city, form)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def hide_entry(request: HttpRequest, city: str, line: int) -> HttpResponse:
    """Ask for a reason, and hide a line of the guestbook."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_moderate_guestbook(viewer, found))
    entry, form = queries.guestbook_entry(viewer, found, line), ReasonForm(request.POST or None, is_required=True)
    back = reverse("guestbook", args=[found.slug])
    if request.method == "POST" and form.is_valid():
        actions.hide_guestbook_entry(entry, by=user_of(request), reason=form.cleaned_data["reason"])
        return answer(request, None, back, _("The line is hidden."))
    context = {"city": found, "entry": entry, "form": form, "cancel": back}
    return render(request, "guestbook/hide.html", context, status=422 if form.errors else 200)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def restore_entry(request: HttpRequest, city: str, line: int) -> HttpResponse:
    """Show a hidden line of the guestbook again."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_moderate_guestbook(viewer, found))
    entry = queries.guestbook_entry(viewer, found, line)
    if request.method == "POST":
        actions.restore_guestbook_entry(entry, by=user_of(request))
        return answer(request, None, reverse("guestbook", args=[found.slug]), _("The line is shown again."))
    return redirect("guestbook", found.slug)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def recommend(request: HttpRequest, city: str) -> HttpResponse:
    """Recommend the city. Who comes here from the sign-in page is led back to it."""
    found = readable_city_at(viewer_of(request), city)
    if request.method == "POST":
        actions.recommend_city(found, by=user_of(request))
        return answer(request, None, reverse("city", args=[found.slug]), _("You recommended this city."))
    return redirect("city", found.slug)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def unrecommend(request: HttpRequest, city: str) -> HttpResponse:
    """Withdraw one's recommendation of the city."""
    found = readable_city_at(viewer_of(request), city)
    if request.method == "POST":
        actions.withdraw_city_recommendation(found, by=user_of(request))
        return answer(request, None, reverse("city", args=[found.slug]), _("You withdrew your recommendation."))
    return redirect("city", found.slug)


@require_GET
@kept_for_visitors(of_city, reads=("page",))
def recommenders(request: HttpRequest, city: str) -> HttpResponse:
    """Everybody who recommends the city."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    page = queries.recommenders_of_city(viewer, found, page_number(request))
    pages = page.paginator.get_elided_page_range(page.number)
    return render(request, "cities/recommenders.html", {"city": found, "page": page, "pages": pages})
