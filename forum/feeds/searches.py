"""The Atom feed of a search, as a visitor may read what it finds."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.limits import limited
from forum.feeds.atom import VISITOR, Posts
from forum.forms.search_places import SearchPlace, place_at
from forum.queries.feeds import LENGTH
from forum.search.find import find
from forum.search.language import Query
from forum.search.parsing import parse


class SearchFeed(Posts):
    """The newest posts that a search finds."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> tuple[Query, SearchPlace]:
        place = place_at(VISITOR, request.GET.get("in", ""))
        query = parse(request.GET.get("q", ""))
        if not query or place.is_mine:
            raise Http404("Nothing to look for")
        return query, place

    def title(self, search: tuple[Query, SearchPlace]) -> str:
        return _("Search for %(query)s") % {"query": search[0].text}

    def link(self, search: tuple[Query, SearchPlace]) -> str:
        query, place = search
        return reverse("search", query={"q": query.text, "in": place.key} if place.key else {"q": query.text})

    def items(self, search: tuple[Query, SearchPlace]) -> list[Any]:
        query, place = search
        found = find(VISITOR, query, scope=place.scope, order="date", size=LENGTH)
        posts = [hit.post for group in found.groups for hit in group.hits]
        return sorted(posts, key=lambda post: (post.created_at, post.pk), reverse=True)


search_feed = limited("searching", reads=True)(SearchFeed())
