"""Categories of the directory in the hall of the site's moderators: creating, changing, ordering, deleting them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import limited
from forum.actions.categories import create_category, delete_category, edit_category, move_category, move_cities
from forum.forms.problems import show_problems
from forum.forms.site_hall import CategoryForm, MoveCitiesForm, NewCategoryForm, SiteReasonForm
from forum.queries.categories import category_at
from forum.queries.cities import directory_groups
from forum.queries.site_hall import cities_on_site
from forum.views.acting import act
from forum.views.requests import answer, user_of, viewer_of
from forum.views.site_hall import for_moderators

STEPS = {"up": -1, "down": 1}


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
@for_moderators
def index(request: HttpRequest) -> HttpResponse:
    """Show both levels in their order, and create a category."""
    form = NewCategoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            category = create_category(by=user_of(request), **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            text = _("The category %(name)s stands in the directory.") % {"name": category.name}
            return answer(request, None, reverse("site_categories"), text)
    context = {"form": form, "groups": directory_groups()}
    return render(request, "site_hall/categories.html", context, status=422 if form.errors else 200)


@login_required
@limited("acting")
@require_POST
@for_moderators
def order(request: HttpRequest) -> HttpResponse:
    """Move one category a place up or down in its level."""
    step, number = STEPS.get(request.POST.get("step", "")), request.POST.get("category", "")
    if step is None or not (number.isascii() and number.isdigit() and len(number) < 18):
        raise Http404("No such category, or no such way to move it")
    category = category_at(viewer_of(request), int(number))
    move_category(category, by=user_of(request), step=step)
    groups = directory_groups()
    context = {"groups": groups, "moved": category.pk, "step": request.POST["step"]}
    fragment = render(request, "site_hall/categories.html#order", context)
    text = _("%(name)s has a new place.") % {"name": category.name}
    return answer(request, fragment, reverse("site_categories"), text)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
@for_moderators
def edit(request: HttpRequest, category: int) -> HttpResponse:
    """Show a category with its cities, and rename it or put it below another one."""
    viewer = viewer_of(request)
    found = category_at(viewer, category)
    form = CategoryForm(request.POST or None, instance=category_at(viewer, category))
    if request.method == "POST" and form.is_valid():
        try:
            edit_category(found, by=user_of(request), **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            return answer(request, None, reverse("site_categories"), _("The category is changed."))
    return _page(request, found, form=form, moving=MoveCitiesForm(category=found))


def _page(request: HttpRequest, category: Any, *, form: Any, moving: Any) -> HttpResponse:
    page, rows = cities_on_site(viewer_of(request), category=category.pk, page=request.GET.get("page", 1))
    context = {"category": category, "form": form, "moving": moving, "page": page, "rows": rows}
    wrong = form.errors or moving.errors
    return render(request, "site_hall/category.html", context, status=422 if wrong else 200)


@login_required
@limited("acting")
@require_POST
@for_moderators
def move(request: HttpRequest, category: int) -> HttpResponse:
    """Put the ticked cities into another category."""
    found = category_at(viewer_of(request), category)
    moving = MoveCitiesForm(request.POST, category=found)
    if not moving.is_valid():
        return _page(request, found, form=CategoryForm(instance=found), moving=moving)
    into = moving.cleaned_data["into"]
    moved = move_cities(moving.cleaned_data["city"], by=user_of(request), into=into)
    text = ngettext("%(count)s city stands in %(name)s now.", "%(count)s cities stand in %(name)s now.", len(moved)) % {
        "count": len(moved),
        "name": into.name,
    }
    return answer(request, None, reverse("site_category", args=[found.pk]), text)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
@for_moderators
def delete(request: HttpRequest, category: int) -> HttpResponse:
    """Ask, and delete an empty category."""
    found = category_at(viewer_of(request), category)
    form = SiteReasonForm(request.POST if request.method == "POST" else None)
    return act(
        request,
        form,
        lambda: delete_category(found, by=user_of(request), reason=form.cleaned_data["reason"]),
        title=_("Delete the category %(name)s") % {"name": found.name},
        done=gettext_lazy("The category is deleted."),
        back=reverse("site_categories"),
    )
