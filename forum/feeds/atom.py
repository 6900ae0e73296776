"""Atom feeds of the site, a city, a board, a thread and a person, as a visitor may read them."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.translation import gettext as _

from forum.permissions.roles import Viewer
from forum.queries.boards import get_board
from forum.queries.cities import readable_city_at
from forum.queries.feeds import liveliest_threads, newest_posts
from forum.queries.numbers import thread_merged_into
from forum.queries.people import shown_author
from forum.queries.threads import get_thread

VISITOR = Viewer()


class WholeTexts(Atom1Feed):
    """An Atom feed of whole texts: their pictures and links are found from the place of the feed."""

    def root_attributes(self) -> dict[str, str]:
        """Return the attributes of the feed, with the address from which those in its texts begin."""
        return {**super().root_attributes(), "xml:base": str(self.feed["link"])}


class _Threads(Feed):
    """A feed of threads; one that was answered comes up again."""

    feed_type = Atom1Feed

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.excerpt)

    def item_link(self, item: Any) -> str:
        return reverse("thread", args=[item.pk])

    def item_author_name(self, item: Any) -> str:
        return str(item.author.name)

    def item_author_link(self, item: Any) -> str:
        return reverse("person", args=[item.author.username])

    def item_pubdate(self, item: Any) -> datetime:
        return item.created_at

    def item_updateddate(self, item: Any) -> datetime:
        return item.last_post_at

    def item_categories(self, item: Any) -> list[str]:
        return [item.city.name, item.board.name]


class Posts(Feed):
    """A feed of posts, whole."""

    feed_type = WholeTexts

    def item_title(self, item: Any) -> str:
        return _("%(title)s, post %(number)s") % {"title": item.title or item.thread.title, "number": item.number}

    def item_description(self, item: Any) -> str:
        office = format_html("<p><strong>{}</strong></p>", item.get_office_display()) if item.office else ""
        return f"{office}{item.html}"

    def item_link(self, item: Any) -> str:
        return reverse("post", args=[item.pk])

    def item_author_name(self, item: Any) -> str:
        return str(item.author.name)

    def item_author_link(self, item: Any) -> str:
        return reverse("person", args=[item.author.username])

    def item_pubdate(self, item: Any) -> datetime:
        return item.created_at

    def item_updateddate(self, item: Any) -> datetime:
        return item.edited_at or item.created_at


class SiteFeed(_Threads):
    """The liveliest threads of all public cities."""

    def title(self) -> str:
        return _("Cityboards")

    def link(self) -> str:
        return reverse("home")

    def subtitle(self) -> str:
        return _("Threads with new posts, from all cities.")

    def items(self) -> list[Any]:
        return list(liveliest_threads(VISITOR))


class CityFeed(_Threads):
    """The liveliest threads of a city."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return readable_city_at(VISITOR, kwargs["city"])

    def title(self, city: Any) -> str:
        return str(city.name)

    def link(self, city: Any) -> str:
        return reverse("city", args=[city.slug])

    def subtitle(self, city: Any) -> str:
        return str(city.description)

    def items(self, city: Any) -> list[Any]:
        return list(liveliest_threads(VISITOR, city=city))


class BoardFeed(_Threads):
    """The liveliest threads of a board."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return get_board(VISITOR, kwargs["city"], kwargs["board"])

    def title(self, board: Any) -> str:
        return f"{board.city.name} · {board.name}"

    def link(self, board: Any) -> str:
        return reverse("board", args=[board.city.slug, board.slug])

    def subtitle(self, board: Any) -> str:
        return str(board.description)

    def items(self, board: Any) -> list[Any]:
        return list(liveliest_threads(VISITOR, board=board))


class ThreadFeed(Posts):
    """The newest posts of a thread; one that was merged into another has that one's."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().__call__(request, *args, **kwargs)
        except Http404:
            other = thread_merged_into(VISITOR, kwargs["thread"])
            if other is None:
                raise
            return redirect("feeds_thread", other.pk)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return get_thread(VISITOR, kwargs["thread"])

    def title(self, thread: Any) -> str:
        return str(thread.title)

    def link(self, thread: Any) -> str:
        return reverse("thread", args=[thread.pk])

    def items(self, thread: Any) -> list[Any]:
        return list(newest_posts(VISITOR, thread=thread))


class PersonFeed(Posts):
    """The newest posts of a person."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return shown_author(VISITOR, kwargs["name"])

    def title(self, person: Any) -> str:
        return str(person.name)

    def link(self, person: Any) -> str:
        return reverse("person", args=[person.username])

    def items(self, person: Any) -> list[Any]:
        return list(newest_posts(VISITOR, author=person))
