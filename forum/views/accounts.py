"""The small choices of the page's head and foot; and the link by which one takes one's account back."""

from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import limited
from accounts.preferences import CHOICES, choose
from accounts.rescue import browser_of, take_back
from accounts.tokens import takes_visitors_forms
from forum.views.requests import safe_next


@takes_visitors_forms
@require_POST
@limited("preferences")
def preferences(request: HttpRequest) -> HttpResponse:
    """Remember what was chosen, and lead back to the page it was chosen on."""
    response = redirect(safe_next(request, "/"))
    for name in CHOICES:
        if value := request.POST.get(name):
            try:
                choose(request, response, name=name, value=value)
            except ValueError as error:
                raise BadRequest(f"{name}={value}") from error
    return response


@never_cache
@limited("acting")
@require_http_methods(["GET", "POST"])
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """Take the account back from whoever signed in: shut everybody out, and have a new password chosen."""
    found = browser_of(token)
    if found is None:
        return render(request, "account/not_me.html", {"browser": None}, status=404)
    if request.method == "GET":
        return render(request, "account/not_me.html", {"browser": found[0]})
    address = take_back(*found)
    logout(request)
    return redirect(address)
