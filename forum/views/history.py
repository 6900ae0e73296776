"""The versions of a post and their differences."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.limits import limited
from forum.caching.keeping import kept_for_visitors
from forum.permissions.erasing import can_erase_content
from forum.queries.posts import get_post
from forum.queries.revisions import compared, versions_of
from forum.views.requests import page_number, viewer_of


def _pair(request: HttpRequest) -> tuple[int, int] | None:
    """Return the two versions that `?from=&to=` names, None when it names none; raise Http404 for nonsense."""
    texts = request.GET.get("from"), request.GET.get("to")
    if texts == (None, None):
        return None
    old, new = (text or "" for text in texts)
    if not all(text.isascii() and text.isdigit() and len(text) < 9 for text in (old, new)):
        raise Http404("No such version")
    return int(old), int(new)


@require_GET
@kept_for_visitors(reads=("from", "to", "page"))
@limited("expensive", reads=True)
def index(request: HttpRequest, post: int) -> HttpResponse:
    """All versions, the newest first; or the two that were chosen, side by side in one text."""
    found = get_post(viewer_of(request), post)
    context = {
        "post": found,
        "thread": found.thread,
        "numbers": range(found.revision_number, 0, -1),
        "may_erase": can_erase_content(viewer_of(request)),
    }
    if pair := _pair(request):
        change = compared(found, *pair)
        return render(
            request, "revisions/compare.html", {**context, "change": change, "pair": [change.old, change.new]}
        )
    page, versions = versions_of(found, page_number(request))
    pages = page.paginator.get_elided_page_range(page.number)
    return render(request, "revisions/index.html", {**context, "versions": versions, "page": page, "pages": pages})
