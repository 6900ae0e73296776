"""Feeds of threads: of the site, a city and a board. A thread that was answered comes up again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.limits import limited
from forum.caching.keeping import kept_for_visitors, of_city
from forum.feeds.atom import AtomFeed, Entry, answer
from forum.permissions.roles import Viewer
from forum.queries.boards import get_board
from forum.queries.cities import readable_city_at
from forum.queries.feeds import liveliest_threads
from forum.queries.paging import Slice

VISITOR = Viewer()


@require_safe
@kept_for_visitors(reads=("after",))
@limited("reading", reads=True, near=True)
def site(request: HttpRequest) -> HttpResponse:
    """The liveliest threads of all public cities."""
    page = liveliest_threads(VISITOR, marks=_marks(request))
    words = _("Threads with new posts, from all cities.")
    return answer(request, AtomFeed(_("Cityboards"), reverse("home"), _entries(page), words, page.older))


@require_safe
@kept_for_visitors(of_city, reads=("after",))
@limited("reading", reads=True, near=True)
def city(request: HttpRequest, city: str) -> HttpResponse:
    """The liveliest threads of a city."""
    found = readable_city_at(VISITOR, city)
    page = liveliest_threads(VISITOR, marks=_marks(request), city=found)
    path = reverse("city", args=[found.slug])
    return answer(request, AtomFeed(found.name, path, _entries(page), found.description, page.older))


@require_safe
@kept_for_visitors(of_city, reads=("after",))
@limited("reading", reads=True, near=True)
def board(request: HttpRequest, city: str, board: str) -> HttpResponse:
    """The liveliest threads of a board."""
    found = get_board(VISITOR, city, board)
    page = liveliest_threads(VISITOR, marks=_marks(request), board=found)
    path, title = reverse("board", args=[found.city.slug, found.slug]), f"{found.city.name} · {found.name}"
    return answer(request, AtomFeed(title, path, _entries(page), found.description, page.older))


def _marks(request: HttpRequest) -> dict[str, str]:
    return {"after": request.GET.get("after", "")}


def _entries(page: Slice[Any]) -> list[Entry]:
    return [
        Entry(
            path=reverse("thread", args=[thread.pk]),
            title=thread.title,
            published=thread.created_at,
            updated=thread.last_post_at,
            author=thread.author,
            summary=thread.excerpt,
            language=thread.language,
            categories=[thread.city.name, thread.board.name],
        )
        for thread in page.items
    ]
