"""Nothing typed is lost: what a form held when it could not be taken, kept or shown again."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, NamedTuple, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _

from accounts.limits import take, who_asks
from forum.views.requests import is_htmx

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

SESSION_KEY = "kept"
KEPT_CHARACTERS = 60_000  # of all fields together: a long post and room to spare
_LONG = 80
_WRITTEN = {"body", "title", "reason", "note", "statement"}
_NEVER_KEPT = {"csrfmiddlewaretoken", "next"}


class Typed(NamedTuple):
    """One field of a form that was sent; a text was written, anything else was chosen or is machinery."""

    name: str
    value: str

    @property
    def is_text(self) -> bool:
        """Whether somebody wrote this value."""
        return not self.is_line or (self.name in _WRITTEN and bool(self.value))

    @property
    def is_line(self) -> bool:
        """Whether it fits on one line."""
        return len(self.value) <= _LONG and "\n" not in self.value and self.name != "body"


def typed_fields(request: HttpRequest) -> list[Typed]:
    """Return names and values of the form that was sent; nothing of a form that holds a password."""
    if request.method != "POST":
        return []
    try:
        pairs = [Typed(name, str(value)) for name, values in request.POST.lists() for value in values]
    except (RequestDataTooBig, TooManyFieldsSent, UnreadablePostError):
        return []
    if any("password" in pair.name for pair in pairs):
        return []
    return [pair for pair in pairs if pair.name != "csrfmiddlewaretoken"]


def came_from_here(request: HttpRequest) -> bool:
    """Return whether the browser says that a page of this site sent the form.

    A form that another site filled in must never be offered for sending again with one click.
    """
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host()


def kept_for_login(request: HttpRequest, form: str = "", *, keeps: bool = True) -> HttpResponse:
    """Keep what a signed-out person typed, and lead to sign-in and from there to the form.

    `form` is the address where the form is found by GET; without it, the address that was posted to.
    What is more than a long post, or comes too often from one address, is not kept here; the browser still has it.
    """
    if "autosave" in request.POST:  # nobody pressed a button: the page says it, and the browser keeps the text
        return HttpResponse(status=401)
    form = escape_leading_slashes(form or request.get_full_path())
    fields = {name: value for name, value in typed_fields(request) if name not in _NEVER_KEPT}
    small_enough = sum(map(len, fields.values())) <= KEPT_CHARACTERS
    if keeps and fields and small_enough and not take("posting", who_asks(request)):
        request.session[SESSION_KEY] = {"for": urlsplit(form).path, "fields": fields}
        messages.info(request, _("Sign in to send what you wrote; your text is kept."))
    answer = redirect_to_login(form)
    return HttpResponse(headers={"HX-Redirect": answer.url}) if is_htmx(request) else answer


def take_kept(request: HttpRequest, key: str = "") -> dict[str, str] | None:
    """Return the fields kept for the form at the path `key` (this page's path if empty), once; else None."""
    kept = request.session.get(SESSION_KEY) if request.user.is_authenticated else None
    if not kept or kept["for"] != (key or request.path):
        return None
    del request.session[SESSION_KEY]
    return cast("dict[str, str]", kept["fields"])


def login_required_to_write[**P](
    form: Callable[..., str] | None = None, *, keeps: bool = True
) -> Callable[[View[P]], View[P]]:
    """Return a decorator like `login_required` that keeps the typed text of a signed-out person, unless told not to.

    `form(request, **kwargs)` returns the address of the form by GET when it is another than the one posted to.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.user.is_authenticated:
                return view(request, *args, **kwargs)
            address = form(request, **kwargs) if form else ""
            if request.method == "POST":
                return kept_for_login(request, address, keeps=keeps)
            return redirect_to_login(request.get_full_path())

        return wrapper

    return decorate
