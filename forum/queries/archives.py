"""Where a thread of another forum is now."""

from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from forum.models import Thread
from forum.permissions.roles import Viewer
from forum.permissions.threads import can_see_thread, visible_threads
from forum.queries.numbers import post_at
from forum.queries.posts import place_of


def new_place_of(viewer: Viewer, slug: str, source_id: int, number: int | None = None) -> str:
    """Return the address here of an imported thread, or of its post `number`; raise Http404.

    Where several archives have the id, the slug decides. A number that is missing, or that was an act of a
    moderator, leads to the post before it; one whose post has gone to another thread leads there.
    """
    rows = Thread.objects.filter(source_id=source_id, archive__isnull=False)
    # One that was merged into another is seen by nobody, but its numbers lead on.
    known = rows.filter(Q(pk__in=visible_threads(viewer, rows)) | Q(merged_into__isnull=False))
    threads = list(known.order_by("pk"))
    thread = threads[0] if len(threads) == 1 else next((one for one in threads if one.source_slug == slug), None)
    if thread is None:
        raise Http404("No such thread")
    if number is None and thread.merged_into_id is None:
        return reverse("thread", args=[thread.pk])
    post = post_at(thread, number or 1)
    if post is None or not can_see_thread(viewer, post.thread):
        raise Http404("No such post")
    return place_of(post)
