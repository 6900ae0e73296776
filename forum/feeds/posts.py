"""Feeds of whole texts: the posts of a thread, of a person, of a digest, and those that a search finds."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.limits import limited
from forum.caching.generations import thread_scopes
from forum.caching.keeping import kept_for_visitors
from forum.feeds.atom import AtomFeed, Entry, answer
from forum.forms.search_places import place_at
from forum.permissions.roles import Viewer
from forum.queries.digests import get_digest
from forum.queries.feeds import LENGTH, newest_entries, newest_posts_by, newest_posts_in
from forum.queries.numbers import thread_merged_into
from forum.queries.people import shown_author
from forum.queries.threads import get_thread
from forum.search.find import find
from forum.search.parsing import parse

VISITOR = Viewer()


@require_safe
@kept_for_visitors(thread_scopes, reads=("after",))
@limited("reading", reads=True, near=True)
def thread(request: HttpRequest, thread: int) -> HttpResponse:
    """The newest posts of a thread; one that was merged into another has that one's."""
    try:
        found = get_thread(VISITOR, thread)
    except Http404:
        other = thread_merged_into(VISITOR, thread)
        if other is None:
            raise
        return redirect("feeds_thread", other.pk)
    page = newest_posts_in(VISITOR, found, marks=_marks(request))
    path = reverse("thread", args=[found.pk])
    return answer(request, AtomFeed(found.title, path, _entries(page.items), older=page.older))


@require_safe
@kept_for_visitors(reads=("after",))
@limited("reading", reads=True, near=True)
def person(request: HttpRequest, name: str) -> HttpResponse:
    """The newest posts of a person."""
    found = shown_author(VISITOR, name)
    page = newest_posts_by(VISITOR, found, marks=_marks(request))
    path = reverse("person", args=[found.username])
    return answer(request, AtomFeed(found.name, path, _entries(page.items), older=page.older))


@require_safe
@kept_for_visitors()
@limited("expensive", reads=True, near=True)  # kept versions are rendered anew
def digest(request: HttpRequest, name: str, digest: str) -> HttpResponse:
    """What was last kept in a digest, in the version that was kept."""
    found = get_digest(VISITOR, name, digest)
    page = newest_entries(VISITOR, found, marks=_marks(request))
    entries = [
        Entry(
            path=reverse("post", args=[shown.entry.post_id]),
            title=shown.title,
            published=shown.entry.post.created_at,
            updated=shown.entry.created_at,
            author=shown.entry.post.author,
            html=shown.html,
            language=shown.entry.post.language,
        )
        for shown in page.items
    ]
    path = reverse("digest", args=[found.owner.username, found.slug])
    title = f"{found.title} · {found.owner.name}"
    return answer(request, AtomFeed(title, path, entries, found.description, page.older))


@require_safe
@limited("searching", reads=True)
def search(request: HttpRequest) -> HttpResponse:
    """The newest posts that a search finds."""
    place = place_at(VISITOR, request.GET.get("in", ""))
    query = parse(request.GET.get("q", ""))
    if not query or place.is_mine:
        raise Http404("Nothing to look for")
    found = find(VISITOR, query, scope=place.scope, order="date", size=LENGTH)
    posts = sorted((hit.post for group in found.groups for hit in group.hits), key=_moment, reverse=True)
    path = reverse("search", query={"q": query.text, "in": place.key} if place.key else {"q": query.text})
    title = _("Search for %(query)s") % {"query": query.text}
    return answer(request, AtomFeed(title, path, _entries(posts)))


def _moment(post: Any) -> tuple[Any, int]:
    return post.created_at, post.pk


def _marks(request: HttpRequest) -> dict[str, str]:
    return {"after": request.GET.get("after", "")}


def _entries(posts: Iterable[Any]) -> list[Entry]:
    return [
        Entry(
            path=reverse("post", args=[post.pk]),
            title=_("%(title)s, post %(number)s") % {"title": post.title or post.thread.title, "number": post.number},
            published=post.created_at,
            updated=post.edited_at or post.created_at,
            author=post.author,
            html=_whole(post),
            language=post.language,
        )
        for post in posts
    ]


def _whole(post: Any) -> str:
    """Return the text of a post; who speaks in an office is said above it, as on the page."""
    office = format_html("<p><strong>{}</strong></p>", post.get_office_display()) if post.office else ""
    return f"{office}{post.html}"
