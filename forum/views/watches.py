"""Views of watches: what I watch; watching a city, a board or a thread, and leaving off."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from forum.actions.watches import unwatch_place, watch_place
from forum.queries.boards import get_board
from forum.queries.cities import readable_city_at
from forum.queries.threads import get_thread
from forum.queries.watches import KINDS, watches_of
from forum.views.requests import answer, safe_next, user_of, viewer_of

# What is said when a watch has changed, by its level.
SAID = {
    "all": gettext_lazy("You will hear of every post here."),
    "threads": gettext_lazy("You will hear of new threads here."),
    "muted": gettext_lazy("You will hear nothing from here."),
    "": gettext_lazy("You no longer watch this."),
}


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What I watch, and how much."""
    kind = request.GET.get("kind", "")
    page = watches_of(viewer_of(request), kind=kind, marks=request.GET)
    return render(request, "watches/index.html", {"page": page, "kind": kind, "kinds": KINDS.items()})


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest, thread: int) -> HttpResponse:
    """Watch a thread, mute it, or leave off."""
    found = get_thread(viewer_of(request), thread)
    return _changed(request, found, "thread", reverse("thread", args=[found.pk]))


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def board(request: HttpRequest, city: str, board: str) -> HttpResponse:
    """Watch a board, mute it, or leave off."""
    found = get_board(viewer_of(request), city, board)
    return _changed(request, found, "board", reverse("board", args=[found.city.slug, found.slug]))


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def city(request: HttpRequest, city: str) -> HttpResponse:
    """Watch a city, mute it, or leave off."""
    found = readable_city_at(viewer_of(request), city)
    return _changed(request, found, "city", reverse("city", args=[found.slug]))


def _changed(request: HttpRequest, place: Any, noun: str, home: str) -> HttpResponse:
    """Set the level that was asked for, none for leaving off; who comes from the sign-in page is led to the place."""
    if request.method == "GET":
        return redirect(home)
    level, back = request.POST.get("level", ""), safe_next(request, home)
    try:
        if level:
            watch_place(place, by=user_of(request), level=level)
        else:
            unwatch_place(place, by=user_of(request))
    except ValidationError as problem:
        raise BadRequest(_("There is no such level.")) from problem
    shown = {"noun": noun, "pk": place.pk, "address": request.path, "level": level, "back": back, "is_fresh": True}
    return answer(request, render(request, "watches/_watch.html", shown), back, str(SAID[level]))
