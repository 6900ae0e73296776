"""One's own searches: saving one, the list, deleting one, forgetting the recent ones."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import limited
from forum.actions.searches import delete_search, forget_searches, save_search
from forum.forms.problems import show_problems
from forum.forms.search import SaveSearchForm
from forum.forms.search_places import place_at
from forum.queries.searches import get_search, recent_searches, saved_searches
from forum.views.requests import in_dialog, user_of, viewer_of


@require_http_methods(["GET", "POST"])
@login_required
@limited("acting")
def index(request: HttpRequest) -> HttpResponse:
    """What I saved and what I looked for lately (GET), and saving a search (POST)."""
    form = SaveSearchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        place = place_at(viewer_of(request), data["scope"])  # one that is not there is not kept either
        try:
            save_search(data["query"], by=user_of(request), scope=place.key, place=place.label, name=data["name"])
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            messages.success(request, _("The search is saved."))
            return redirect("me_searches")
    viewer = viewer_of(request)
    context = {"saved": saved_searches(viewer), "recent": recent_searches(viewer), "form": form}
    return render(request, "search/mine.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
@limited("acting")
def delete(request: HttpRequest, search: int) -> HttpResponse:
    """Ask, then delete a saved search of mine."""
    found = get_search(viewer_of(request), search)
    if request.method == "POST":
        delete_search(found, by=user_of(request))
        messages.success(request, _("The saved search is deleted."))
        return redirect("me_searches")
    return in_dialog(request, "search/delete.html", {"search": found})


@require_POST
@login_required
@limited("acting")
def forget(request: HttpRequest) -> HttpResponse:
    """Forget what I looked for lately."""
    forget_searches(by=user_of(request))
    messages.success(request, _("Your recent searches are forgotten."))
    return redirect("me_searches")
