"""The Atom feed of a city's public log, as a visitor may read it."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from forum.permissions.roles import Viewer
from forum.queries.cities import readable_city_at
from forum.queries.log import LogRow, latest_acts
from forum.templatetags.events import event_words

VISITOR = Viewer()
LENGTH = 30


class LogFeed(Feed):
    """What the officers of a city did, the newest first."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return readable_city_at(VISITOR, kwargs["city"])

    def title(self, city: Any) -> str:
        return _("Public log of %(city)s") % {"city": city.name}

    def link(self, city: Any) -> str:
        return reverse("log", args=[city.slug])

    def subtitle(self, city: Any) -> str:
        return _("What the mayor and the deputy mayors did, and why.")

    def items(self, city: Any) -> list[LogRow]:
        return latest_acts(VISITOR, city, LENGTH)

    def item_title(self, item: Any) -> str:
        return strip_tags(_words(item))

    def item_description(self, item: Any) -> str:
        return str(item.event.reason) if item.is_open else ""

    def item_link(self, item: Any) -> str:
        return reverse("log_event", args=[item.event.city.slug, item.event.pk])

    def item_author_name(self, item: Any) -> str | None:
        return str(item.event.actor.name) if item.event.actor else None

    def item_pubdate(self, item: Any) -> datetime:
        return item.event.created_at

    def item_updateddate(self, item: Any) -> datetime:
        return item.event.created_at


def _words(row: LogRow) -> str:
    return event_words(row.event, shown=row.is_shown, told=row.is_open)
