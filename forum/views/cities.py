"""The directory of cities, founding one, and a city's front page."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from accounts.preferences import asked_language
from forum.actions.cities import found_city
from forum.caching.generations import city_scopes
from forum.caching.keeping import kept_for_visitors
from forum.forms.cities import FoundingForm
from forum.forms.problems import show_problems
from forum.permissions.cities import can_act_in_city, can_enter_hall, can_found_city, can_see_city
from forum.permissions.city_life import can_answer_roll, can_recommend_city
from forum.permissions.memberships import can_apply_to_city, can_join_city, can_leave_city
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_create_thread
from forum.permissions.verdicts import require
from forum.queries import cities as queries
from forum.queries.applications import my_application
from forum.queries.boards import boards_with_news
from forum.queries.elections import running_vote
from forum.queries.heads import city_meta, directory_meta
from forum.queries.memberships import people_of_city
from forum.queries.notices import notices_in_force
from forum.queries.thread_lists import newest_in_city
from forum.views.kept import login_required_to_write, take_kept
from forum.views.requests import answer, origin_of, user_of, viewer_of


@require_http_methods(["GET", "POST"])
@kept_for_visitors(reads=("category", "q", "sort", "page"))
def index(request: HttpRequest) -> HttpResponseBase:
    """The directory (GET), and founding a city (POST)."""
    return create(request) if request.method == "POST" else _directory(request)


def _directory(request: HttpRequest) -> HttpResponse:
    """Show the directory: by category, in an order, by a part of a name."""
    viewer = viewer_of(request)
    chosen = {"category": request.GET.get("category", ""), "q": request.GET.get("q", "").strip()}
    sort = queries.sort_of(request.GET.get("sort"))
    page = queries.cities_in_directory(
        viewer, category=chosen["category"], name=chosen["q"], sort=sort, page=request.GET.get("page", 1)
    )
    asked = {"category": chosen["category"], "name": chosen["q"], "chosen": asked_language(request)}
    kept = {name: value for name, value in {**chosen, "sort": request.GET.get("sort", "")}.items() if value}
    context = {
        "meta": directory_meta(origin_of(request), page=page, **asked),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "groups": queries.directory_groups(viewer),
        "notices": notices_in_force(viewer, None),
        "sort": sort,
        "sorts": queries.SORT_LABELS,
        "sort_words": queries.SORT_WORDS[sort],
        "chosen": chosen,
        "query": f"{urlencode(kept)}&" if kept else "",
        "may_found": can_found_city(viewer),
    }
    return render(request, "cities/index.html", context)


@require_GET
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """The form of founding a city."""
    require(can_found_city(viewer_of(request)))
    return render(request, "cities/new.html", {"form": FoundingForm(initial=take_kept(request))})


@login_required_to_write(lambda request: reverse("city_new"))
@limited("founding")
def create(request: HttpRequest) -> HttpResponse:
    """Found a city."""
    require(can_found_city(viewer_of(request)))
    form = FoundingForm(request.POST)
    if form.is_valid():
        try:
            city = found_city(by=user_of(request), **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            welcome = _("%(city)s is founded, and you are its mayor. Welcome!") % {"city": city.name}
            return answer(request, None, reverse("city", args=[city.slug]), welcome, guard="city-new")
    return render(request, "cities/new.html", {"form": form}, status=422)


@require_GET
@kept_for_visitors(city_scopes)
def show(request: HttpRequest, city: str) -> HttpResponse:
    """Show a city's front page; strangers of a closed city see its name, description and the way to join."""
    viewer = viewer_of(request)
    found = queries.city_at(viewer, city, with_votes=True)
    context: dict[str, Any] = {
        "meta": city_meta(origin_of(request), found, chosen=asked_language(request)),
        "city": found,
        "people": people_of_city(viewer, found),
        "may_join": can_join_city(viewer, found),
        "may_apply": can_apply_to_city(viewer, found),
        "may_leave": can_leave_city(viewer, found),
        "is_citizen": viewer.is_citizen(found),
        "may_act": can_act_in_city(viewer, found),
        "may_recommend": can_recommend_city(viewer, found),
        "may_answer_roll": can_answer_roll(viewer, found),
        "is_readable": can_see_city(viewer, found),
        "may_enter_hall": can_enter_hall(viewer, found),
        "application": my_application(viewer, found) if not viewer.is_officer(found) else None,
    }
    if context["is_readable"]:
        context |= _inside(viewer, found)
    return render(request, "cities/show.html", context)


def _inside(viewer: Viewer, city: Any) -> dict[str, Any]:
    """Return what the front page shows to those who may read the city."""
    boards = boards_with_news(viewer, city)
    first = next((board for board in boards if board.is_default), None)
    return {
        "threads": newest_in_city(viewer, city),
        "boards": boards,
        "notices": notices_in_force(viewer, city),
        "vote": running_vote(city),
        "start_on": first if first and can_create_thread(viewer, first) else None,
    }
