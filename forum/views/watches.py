"""Views of watches: what I watch; watching a city, a board, a thread or a person, and leaving off."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.limits import limited
from forum.actions.watches import choose_watching, unwatch_place, watch_place
from forum.forms.watches import WatchingForm
from forum.queries.boards import get_board
from forum.queries.cities import readable_city_at
from forum.queries.people import get_person
from forum.queries.threads import get_thread
from forum.queries.watches import KINDS, watches_of
from forum.views.requests import answer, safe_next, user_of, viewer_of

# What is said when a watch has changed, by its level.
SAID = {
    "all": gettext_lazy("You will hear of every post here."),
    "threads": gettext_lazy("You will hear of new threads here."),
    "mentions": gettext_lazy("You will hear when somebody speaks to you here."),
    "muted": gettext_lazy("You will hear nothing from here."),
    "": gettext_lazy("You no longer watch this."),
}
SAID_OF_PERSON = {
    **SAID,
    "all": gettext_lazy("You will hear of everything this person writes."),
    "threads": gettext_lazy("You will hear of the threads this person starts."),
    "muted": gettext_lazy("You will hear nothing from this person."),
}


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """What I watch, and how much; and whether I watch what I reply to."""
    sent = request.POST if request.method == "POST" else None
    form = WatchingForm(sent, initial={"watches_replies": user_of(request).watches_replies})
    if request.method == "POST" and form.is_valid():
        choose_watching(by=user_of(request), **form.cleaned_data)
        return answer(request, None, reverse("me_watches"), _("Saved."))
    kind = request.GET.get("kind", "")
    page = watches_of(viewer_of(request), kind=kind, marks=request.GET)
    shown = {"page": page, "kind": kind, "kinds": KINDS.items(), "form": form}
    return render(request, "watches/index.html", shown)


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


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, name: str) -> HttpResponse:
    """Watch a person, mute what they do, or leave off."""
    found = get_person(name)
    return _changed(request, found, "person", reverse("person", args=[found.username]))


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
    said = SAID_OF_PERSON if noun == "person" else SAID
    return answer(request, render(request, "watches/_watch.html", shown), back, str(said[level]))
