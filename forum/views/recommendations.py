"""Recommending a post, withdrawing it, and who recommended."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from forum.actions.recommendations import recommend_post, withdraw_recommendation
from forum.caching.keeping import kept_for_visitors
from forum.queries.posts import get_post, shown_posts
from forum.queries.recommendations import recommenders_of
from forum.views.requests import answer, in_dialog, is_htmx, page_number, safe_next, user_of, viewer_of


def _answered(request: HttpRequest, pk: int, text: str) -> HttpResponse:
    """Answer with the button and the names as they are now."""
    back = safe_next(request, reverse("post", args=[pk]))
    if not is_htmx(request):
        return answer(request, None, back, text)
    viewer = viewer_of(request)
    shown = shown_posts(viewer, [get_post(viewer, pk)])[0]
    count = shown.post.recommendations
    known = ngettext("%(count)s recommendation.", "%(count)s recommendations.", count) % {"count": count}
    fragment = render(request, "recommendations/_answer.html", {"shown": shown, "place": request.POST.get("place", "")})
    return answer(request, fragment, back, f"{text} {known}")


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, post: int) -> HttpResponse:
    """Recommend the post. Who comes here from the sign-in page is led back to it."""
    found = get_post(viewer_of(request), post)
    if request.method == "GET":
        return redirect("post", post)
    recommend_post(found, by=user_of(request))
    return _answered(request, post, _("You recommended this post."))


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, post: int) -> HttpResponse:
    """Withdraw one's recommendation."""
    found = get_post(viewer_of(request), post)
    if request.method == "GET":
        return redirect("post", post)
    withdraw_recommendation(found, by=user_of(request))
    return _answered(request, post, _("You withdrew your recommendation."))


@require_GET
@kept_for_visitors(reads=("page",))
def index(request: HttpRequest, post: int) -> HttpResponse:
    """Everybody who recommended the post, as a page or over the page."""
    found = get_post(viewer_of(request), post)
    page = recommenders_of(found, page_number(request))
    pages = page.paginator.get_elided_page_range(page.number)
    return in_dialog(
        request, "recommendations/index.html", {"post": found, "thread": found.thread, "page": page, "pages": pages}
    )
