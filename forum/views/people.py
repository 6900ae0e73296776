"""The page of a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from forum.queries.people import get_person, person_page
from forum.queries.sanctions import halls_over
from forum.views.requests import viewer_of


@require_GET
def show(request: HttpRequest, name: str) -> HttpResponse:
    """A person: who they are, their cities, posts and digests. There is one address for each."""
    person = get_person(name)
    if person.username != name:
        return redirect("person", person.username, permanent=True)
    viewer = viewer_of(request)
    page = person_page(viewer, person, marks=request.GET)
    context = {
        "page": page,
        "person": person,
        "is_me": person == request.user,
        "halls": halls_over(viewer, person, page.memberships),
        "may_suspend": viewer.may("suspend") and not person.is_staff,
    }
    return render(request, "people/show.html", context)
