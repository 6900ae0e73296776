"""The directory of cities, founding one, and a city's front page."""

from functools import partial
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
from forum.permissions.cities import can_found_city
from forum.permissions.verdicts import require
from forum.queries import cities as queries
from forum.queries.city_pages import CityPage, city_page
from forum.queries.heads import city_meta, directory_meta
from forum.queries.site_pages import DirectoryPlace
from forum.templatetags.rows import rows_for
from forum.views.faces import face_of_city, face_of_directory
from forum.views.kept import login_required_to_write, take_kept
from forum.views.requests import answer, origin_of, user_of, viewer_of
from forum.views.wholes import Reader, framed


@require_http_methods(["GET", "POST"])
@kept_for_visitors(reads=("category", "sort", "page"))
def index(request: HttpRequest) -> HttpResponseBase:
    """The directory (GET), and founding a city (POST)."""
    return create(request) if request.method == "POST" else _directory(request)


def _directory(request: HttpRequest) -> HttpResponse:
    """Show the directory: by category, in an order, by a part of a name."""
    asked, origin, language = request.GET, origin_of(request), asked_language(request)
    chosen = {"category": asked.get("category", ""), "q": asked.get("q", "").strip()}
    sort, may_found = queries.sort_of(asked.get("sort")), can_found_city(viewer_of(request))
    face = face_of_directory(request, DirectoryPlace(chosen["category"], chosen["q"], sort, asked.get("page", "1")))
    page, own = face.page, (request.user.is_authenticated, bool(may_found))
    kept = {name: value for name, value in {**chosen, "sort": asked.get("sort", "")}.items() if value}
    context = {
        "meta": directory_meta(origin, page=page, category=chosen["category"], name=chosen["q"], chosen=language),
        "head_key": (face.print, origin, chosen["category"], chosen["q"], page.number, language, own),
        "page_key": None if chosen["q"] else (face.print, asked.urlencode(), sort, page.number, own),
        "face": face,
        "page": page,
        "pages": list(page.paginator.get_elided_page_range(page.number)),
        "sort": sort,
        "sorts": queries.SORT_LABELS,
        "sort_words": queries.SORT_WORDS[sort],
        "chosen": chosen,
        "query": f"{urlencode(kept)}&" if kept else "",
        "may_found": may_found,
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
    page = city_page(viewer_of(request), face_of_city(request, city))
    context = partial(_context, request, page)
    if page.whole_key is None:
        return render(request, "cities/show.html", context())
    key, give = (city, page.whole_key, asked_language(request)), partial(_give, page)
    return framed(Reader(request, {}), "cities/show.html", key, context, give)


def _context(request: HttpRequest, page: CityPage) -> dict[str, Any]:
    origin, chosen, city = origin_of(request), asked_language(request), page.face.city
    return {
        "meta": city_meta(origin, city, chosen=chosen),
        "head_key": (page.head_key, origin, chosen),
        "data_key": (page.head_key, origin),
        "page": page,
        "city": city,
        "may": page.may,
    }


def _give(page: CityPage, reader: Reader) -> None:
    """Give the reader the threads that they see, and what stands beside them."""
    if page.is_readable:
        reader.give("rows", rows_for(page.viewer, page.threads, in_city=True))
        reader.give("rail", reader.part("cities/_rail.html", page.rail_key, page=page, city=page.face.city))
