"""The page of a person, and what they recommended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from forum.caching.keeping import kept_for_visitors
from forum.permissions.watches import can_watch
from forum.queries.heads import person_meta
from forum.queries.people import get_person, person_page, recommendations_by, recommended_posts_of
from forum.queries.sanctions import halls_over
from forum.views.requests import origin_of, viewer_of


@require_GET
@kept_for_visitors(reads=("after", "before"))
def show(request: HttpRequest, name: str) -> HttpResponse:
    """A person: who they are, their cities, posts and digests. There is one address for each."""
    viewer = viewer_of(request)
    person = get_person(name, viewer=viewer)
    if person.username != name:
        return redirect("person", person.username, permanent=True)
    if person.is_nameless and person != request.user:
        return render(request, "people/former.html", {"person": person})
    page = person_page(viewer, person, marks=request.GET)
    is_first = not request.GET.keys() & {"after", "before"}
    context = {
        "meta": person_meta(origin_of(request), page, is_first=is_first),
        "page": page,
        "person": person,
        "is_me": person == request.user,
        "halls": halls_over(viewer, person, page.memberships),
        "may_watch": can_watch(viewer, person),
        "may_suspend": viewer.may("suspend") and not person.is_staff and person.is_active,
    }
    return render(request, "people/show.html", context)


@require_GET
@kept_for_visitors(reads=("of", "after", "before"))
def recommendations(request: HttpRequest, name: str) -> HttpResponse:
    """What a person recommended; with ?of=received what of theirs others recommended."""
    person, viewer = get_person(name), viewer_of(request)
    is_given = request.GET.get("of") != "received"
    pages = recommendations_by if is_given else recommended_posts_of
    context = {"person": person, "is_given": is_given, "page": pages(viewer, person, marks=request.GET)}
    return render(request, "people/recommendations.html", context)
