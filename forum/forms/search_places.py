"""Where is searched: what `in` in the address of a search means, and which other places to offer."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from forum.permissions.roles import Viewer
from forum.queries.boards import get_board
from forum.queries.cities import readable_city_at
from forum.queries.people import get_person
from forum.queries.threads import get_thread
from forum.search.results import Scope

DIGESTS, POSTS = "digests", "posts"


@dataclass(frozen=True, slots=True)
class SearchPlace:
    """A place to search in: `key` is what stands in the address, `label` what people read."""

    key: str
    label: str
    scope: Scope
    city: Any = None

    @property
    def is_mine(self) -> bool:
        """Whether it is only there for who is signed in."""
        return self.scope.own or self.scope.in_digests


def site() -> SearchPlace:
    """Return the whole site."""
    return SearchPlace("", _("The whole site"), Scope())


def place_at(viewer: Viewer, key: str) -> SearchPlace:
    """Return the place that `in` names: city:…, board:city/board, thread:…, person:…, digests or posts.

    Raises Http404 for one that is not there, or not for this viewer.
    """
    kind, _sign, name = key.partition(":")
    if not key:
        return site()
    if key in (DIGESTS, POSTS):
        return _mine(key)
    if kind == "city":
        return _city(readable_city_at(viewer, name))
    if kind == "board" and name.count("/") == 1:
        return _board(get_board(viewer, *name.split("/")))
    if kind == "thread" and name.isascii() and name.isdigit() and len(name) < 19:
        thread = get_thread(viewer, int(name))
        return SearchPlace(f"thread:{thread.pk}", thread.title, Scope(thread=thread), thread.city)
    if kind == "person":
        person = get_person(name)
        return SearchPlace(f"person:{person.username}", person.name, Scope(person=person))
    raise Http404("No such place to search in")


def places_to_choose(viewer: Viewer, place: SearchPlace) -> list[SearchPlace]:
    """Return the places a search offers: the one it is in, those around it, and one's own; no query."""
    thread, board = place.scope.thread, place.scope.board
    around = [site()]
    around += [_city(place.city)] if place.city else []
    around += [_board(thread.board)] if thread else []
    around += [place] if board or thread or place.scope.person else []
    return around + ([_mine(DIGESTS), _mine(POSTS)] if viewer.is_signed_in else [])


def _city(city: Any) -> SearchPlace:
    return SearchPlace(f"city:{city.slug}", city.name, Scope(city=city), city)


def _board(board: Any) -> SearchPlace:
    key = f"board:{board.city.slug}/{board.slug}"
    label = _("%(city)s · %(board)s") % {"city": board.city.name, "board": board.name}
    return SearchPlace(key, label, Scope(board=board), board.city)


def _mine(key: str) -> SearchPlace:
    if key == DIGESTS:
        return SearchPlace(key, _("My digests"), Scope(in_digests=True))
    return SearchPlace(key, _("My posts"), Scope(own=True))
