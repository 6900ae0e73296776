"""A visitor's page of a thread: a frame that stays while others write, with what changes put in its places."""

from collections.abc import Hashable
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import escape

from accounts.preferences import look_of
from accounts.tokens import has_session
from forum.queries.thread_pages import ThreadPage
from forum.templatetags.kept import CHANGING
from forum.views.requests import origin_of
from forum.views.thread_wholes import READ, ContextOf
from forum.views.wholes import Reader, has_messages, shared


def framed_thread(
    request: HttpRequest, page: ThreadPage, fresh: dict[str, Any], context_of: ContextOf
) -> HttpResponse | None:
    """Answer with the page; None where it is no visitor's, or has a poll or places of posts that have left."""
    if page.viewer.user or has_session(request) or not request.GET.keys() <= READ or has_messages(request):
        return None
    if page.keys.posts is None or not page.thread.excerpt:
        return None
    reader, context = Reader(request, fresh), cache(partial(context_of, page, fresh))
    reader.give("description", escape(page.thread.excerpt))
    reader.give("modified", page.thread.last_post_at.isoformat(timespec="seconds"))
    for name, (template, key) in _parts(request, page).items():
        reader.give(name, reader.part(template, key, context))
    reader.give("pagination", _pagination(reader, page))
    key = (page.keys.frame, request.get_full_path())
    return shared(reader, "threads/show.html", key, None, context, {}, CHANGING)


def _parts(request: HttpRequest, page: ThreadPage) -> dict[str, tuple[str, Hashable]]:
    """Return by the names of places which template writes what stands there, and what that depends on."""
    look = look_of(request)
    around = (page.keys.around, look.size, look.writing)
    return {
        "facts": ("threads/_facts.html", page.keys.head),
        "posts": ("threads/_posts.html", page.keys.posts),
        "beside": ("threads/_rail.html", (*around, settings.OFFLINE_READING)),
        "bar": ("threads/_bar.html", (*around, page.keys.opener)),
        "data": ("layout/_data.html", (page.keys.data, origin_of(request))),
    }


def _pagination(reader: Reader, page: ThreadPage) -> str:
    numbers, query = page.numbers, page.query
    key = (numbers.number, numbers.paginator.num_pages, query)
    return reader.part(
        "components/_pagination.html", key, lambda: {"page": numbers, "pages": page.pages, "query": query}
    )
