"""Searching: the page of results of the site and of a city, and what is offered while one types."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from accounts.limits import take, who_asks
from forum.actions.searches import remember_search
from forum.forms.search import MARK, FiltersForm, SaveSearchForm
from forum.forms.search_places import SearchPlace, place_at, places_to_choose
from forum.permissions.roles import Viewer
from forum.queries.boards import get_board
from forum.queries.searches import recent_searches, saved_searches
from forum.search.find import find
from forum.search.help import examples
from forum.search.language import Query
from forum.search.loosening import looser
from forum.search.parsing import parse
from forum.search.results import Order
from forum.search.showing import shown_groups
from forum.search.similar import similar_threads
from forum.search.suggest import suggest
from forum.search.writing import written
from forum.views.errors import too_many_requests
from forum.views.requests import is_unseen, user_of, viewer_of

RECENT_SHOWN = 8


@require_GET
def index(request: HttpRequest, city: str = "") -> HttpResponse:
    """What is found, or the empty page with its help; a filled-in form of filters becomes one query first."""
    viewer = viewer_of(request)
    place = place_at(viewer, request.GET.get("in") or (f"city:{city}" if city else ""))
    if place.is_mine and not viewer.is_signed_in:
        return redirect_to_login(request.get_full_path())
    query = parse(request.GET.get("q", ""))
    form = FiltersForm(request.GET) if MARK in request.GET else FiltersForm.showing(query)
    if form.is_bound and form.is_valid():
        return redirect(_address(form.text(in_chinese=_in_chinese()), place, order=_order(request)))
    context = {"query": query, "form": form, "place": place, "places": places_to_choose(viewer, place)}
    context |= {"is_open": form.is_bound, "is_search": True}
    if not query or form.is_bound:
        return _empty(request, viewer, context)
    if wait := take("searching", who_asks(request), near=viewer.is_signed_in):
        return too_many_requests(request, wait=wait)
    return _found(request, viewer, context)


def _empty(request: HttpRequest, viewer: Viewer, context: dict[str, Any]) -> HttpResponse:
    """Show the way to search, and what the member looked for before."""
    context["saved"] = saved_searches(viewer) if viewer.is_signed_in else []
    context["help"] = examples(in_chinese=_in_chinese())
    context["recent"] = recent_searches(viewer, RECENT_SHOWN) if viewer.is_signed_in else []
    return render(request, "search/index.html", context, status=422 if context["is_open"] else 200)


def _found(request: HttpRequest, viewer: Viewer, context: dict[str, Any]) -> HttpResponse:
    query, place, after = context["query"], context["place"], request.GET.get("after", "")
    results = find(viewer, query, scope=place.scope, order=_order(request), after=after)
    if viewer.is_signed_in and not after and not is_unseen(request):
        remember_search(query.text, by=user_of(request), scope=place.key, place=place.label if place.key else "")
    context |= {"results": results, "groups": shown_groups(results, query), "is_first": not after}
    if not results:
        context["looser"] = _looser(query, place)
    if viewer.is_signed_in:
        context["saving"] = SaveSearchForm(initial={"query": query.text, "scope": place.key})
    context["feed"] = "" if place.is_mine else reverse("feeds_search") + _question(query.text, place)
    return render(request, "search/index.html", context)


def _looser(query: Query, place: SearchPlace) -> list[tuple[str, str, str]]:
    """Return kind, text and address of searches that ask for less."""
    ways = [(way.kind, written(way.query, in_chinese=_in_chinese())) for way in looser(query)]
    found = [(kind, text, _address(text, place)) for kind, text in ways]
    return [*found, ("place", query.text, _address(query.text))] if place.key else found


def _address(text: str, place: SearchPlace | None = None, order: str = "relevance") -> str:
    return reverse("search") + _question(text, place, order)


def _question(text: str, place: SearchPlace | None = None, order: str = "relevance") -> str:
    values = {"q": text, "in": place.key if place else "", "order": order if order == "date" else ""}
    return f"?{urlencode({name: value for name, value in values.items() if value})}"


def _order(request: HttpRequest) -> Order:
    return "date" if request.GET.get("order") == "date" else "relevance"


def _in_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def _too_often(request: HttpRequest) -> HttpResponse | None:
    """Return an empty answer for who asks too often while typing: nothing is offered, and nothing disturbed."""
    wait = take("suggesting", who_asks(request), near=True)
    return HttpResponse(status=429, headers={"Retry-After": str(wait)}) if wait else None


@require_GET
def offers(request: HttpRequest) -> HttpResponse:
    """Threads, cities and people for what is being typed: a fragment for the list below the box."""
    if refused := _too_often(request):
        return refused
    viewer = viewer_of(request)
    place = place_at(viewer, request.GET.get("in", ""))
    found = suggest(viewer, request.GET.get("q", ""), city=place.city)
    return render(request, "search/_offers.html", {"found": found})


@require_GET
def similar(request: HttpRequest, city: str, board: str) -> HttpResponse:
    """Threads of the city like the one whose title is being written: a fragment below the field."""
    if refused := _too_often(request):
        return refused
    found = get_board(viewer_of(request), city, board)
    threads = similar_threads(viewer_of(request), request.GET.get("title", ""), city=found.city)
    return render(request, "search/_similar.html", {"threads": threads})
