"""Where a thread of another forum is now."""

from django.http import Http404
from django.urls import reverse

from forum.models import Thread
from forum.permissions.roles import Viewer
from forum.permissions.threads import visible_threads
from forum.queries.posts import place_of


def new_place_of(viewer: Viewer, slug: str, source_id: int, number: int | None = None) -> str:
    """Return the address here of an imported thread, or of its post `number`; raise Http404.

    Where several archives have the id, the slug decides. A number that is missing, or that was an act of a
    moderator, leads to the post before it.
    """
    rows = Thread.objects.filter(source_id=source_id, archive__isnull=False)
    threads = list(visible_threads(viewer, rows).order_by("pk"))
    thread = threads[0] if len(threads) == 1 else next((one for one in threads if one.source_slug == slug), None)
    if thread is None:
        raise Http404("No such thread")
    post = thread.posts.filter(number__lte=number).order_by("-number").first() if number else None
    return place_of(post) if post else reverse("thread", args=[thread.pk])
