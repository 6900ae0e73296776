"""Feeds of the public logs, of a city and of the site, as a visitor may read them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.limits import limited
from forum.caching.keeping import kept_for_visitors, of_city
from forum.feeds.atom import AtomFeed, Entry, answer
from forum.permissions.roles import Viewer
from forum.queries.cities import readable_city_at
from forum.queries.log import LogRow, log_of_city
from forum.templatetags.events import event_words

VISITOR = Viewer()
LENGTH = 30


@require_safe
@kept_for_visitors(of_city, reads=("after",))
@limited("reading", reads=True, near=True)
def city(request: HttpRequest, city: str) -> HttpResponse:
    """What the officers of a city did, the newest first."""
    found = readable_city_at(VISITOR, city)
    title = _("Public log of %(city)s") % {"city": found.name}
    words = _("What the mayor and the deputy mayors did, and why.")
    return _answer(request, found, title, reverse("log", args=[found.slug]), words)


@require_safe
@kept_for_visitors(reads=("after",))
@limited("reading", reads=True, near=True)
def site(request: HttpRequest) -> HttpResponse:
    """What the moderators of the site did, the newest first."""
    return _answer(request, None, _("Public log of the site"), reverse("log_of_site"), "")


def _answer(request: HttpRequest, city: Any, title: str, path: str, words: str) -> HttpResponse:
    page = log_of_city(VISITOR, city, marks={"after": request.GET.get("after", "")}, size=LENGTH)
    return answer(request, AtomFeed(title, path, [_entry(row) for row in page.items], words, page.older))


def _entry(row: LogRow) -> Entry:
    event = row.event
    city = event.city
    where = reverse("log_event", args=[city.slug, event.pk]) if city else f"{reverse('log_of_site')}#event-{event.pk}"
    return Entry(
        path=where,
        title=strip_tags(event_words(event, shown=row.is_shown, told=row.is_open)),
        published=event.created_at,
        updated=event.created_at,
        author=event.actor,
        summary=event.reason if row.is_open else "",
    )
