"""The rules of a city: in words for everybody, and their form in city hall."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from forum.actions.rules import change_rules
from forum.caching.keeping import kept_for_visitors, of_city
from forum.forms.problems import show_problems
from forum.forms.rules import RulesForm
from forum.permissions.records import rules_of
from forum.permissions.rules import can_change_rules
from forum.permissions.verdicts import require
from forum.queries.cities import city_at, readable_city_at
from forum.queries.rules import rules_page
from forum.views.requests import answer, is_htmx, user_of, viewer_of


@require_GET
@kept_for_visitors(of_city)
def show(request: HttpRequest, city: str) -> HttpResponse:
    """Show the rules in words; as they bind who would join, also those of a city that one may not read."""
    viewer = viewer_of(request)
    found = city_at(viewer, city)
    context = {"city": found, "sections": rules_page(viewer, found), "may_change": can_change_rules(viewer, found)}
    return render(request, "rules/show.html", context)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, city: str) -> HttpResponse:
    """Show the form of the rules, what they would say, and change them."""
    viewer = viewer_of(request)
    found = readable_city_at(viewer, city)
    require(can_change_rules(viewer, found))
    form = RulesForm(request.POST or None, instance=rules_of(readable_city_at(viewer, city)))
    is_preview = "preview" in request.POST
    if request.method == "POST" and form.is_valid() and not is_preview:
        try:
            change_rules(found, by=user_of(request), **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            return answer(request, None, reverse("rules", args=[found.slug]), _("The rules are changed."))
    context: dict[str, Any] = {"city": found, "form": form}
    if is_preview and form.is_valid():
        context["sections"] = rules_page(viewer, found, form.instance)
    alone = is_preview and is_htmx(request) and not form.errors
    template = "rules/_words.html" if alone else "hall/rules.html"
    return render(request, template, context, status=422 if form.errors else 200)
