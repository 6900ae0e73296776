"""A member's page of a thread, out of the page that all members of the same rights share."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from forum.queries.posts import ShownPost
from forum.queries.thread_pages import ThreadPage
from forum.queries.thread_wholes import id_in, is_shared, key_of, own_posts, shared_page
from forum.views.wholes import Reader, has_messages, marks, nobody, shared

type ContextOf = Callable[[ThreadPage, dict[str, Any]], dict[str, Any]]

READ = {"page", "from"}  # of the address; with others the page is written for its reader alone


def shared_thread(
    request: HttpRequest, page: ThreadPage, fresh: dict[str, Any], context_of: ContextOf
) -> HttpResponse | None:
    """Answer with the page; None where it has more of the reader's own than its places take.

    `context_of` returns what the template shows of a page, with the fresh marks of its form.
    """
    if not is_shared(page) or not request.GET.keys() <= READ or has_messages(request):
        return None
    own = own_posts(page)
    if any(shown.key is None for shown in own.values()):
        return None
    reader, person = Reader(request, fresh), nobody(request, id_in(page))
    _give_marks(reader, page)
    typical = shared_page(page, person)
    others = {number: _post(reader, page, shown) for number, shown in own.items()}
    context = lambda: context_of(typical, marks())  # noqa: E731
    return shared(reader, "threads/show.html", key_of(typical), person, context, others)


def _give_marks(reader: Reader, page: ThreadPage) -> None:
    thread: Any = page.thread
    if thread.unread:
        link = reader.part("threads/_unread.html", (thread.pk, thread.unread), thread=thread)
        reader.give("unread", f"<li>{link}</li>")
    if page.read_to:
        mark = reader.part("threads/_mark.html", (thread.pk, page.read_to), thread=thread, page=page)
        reader.give("mark", mark)
    level = thread.watch_level
    address = reverse("thread_watch", args=[thread.pk])
    watch = {"noun": "thread", "pk": thread.pk, "address": address, "level": level}
    reader.give("watch", reader.part("watches/_watch.html", (thread.pk, level), **watch))
    if page.opener:
        reader.give("opener", reader.part("threads/_bar_opener.html", page.keys.opener, shown=page.opener))


def _post(reader: Reader, page: ThreadPage, shown: ShownPost) -> str:
    """Return a post as it looks to this reader."""
    context = {"shown": shown, "page": page, "thread": page.thread, "city": page.thread.city}
    more = {"page_number": page.numbers.number, "form": bool(page.may_reply)}
    return reader.part("posts/_post.html", shown.key, **context, **more)
