"""What the views of officers' acts share: asking for the reason, doing the act, and leaving it to another officer."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.functional import Promise

from forum.forms.problems import show_problems
from forum.permissions.parties import PartyForbidden, weigh_party
from forum.permissions.reports import can_report_post, can_report_thread
from forum.views.errors import problem
from forum.views.requests import answer, in_dialog, user_of, viewer_of

type View = Callable[..., HttpResponseBase]


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form has sent, None when it is only asked for; an empty form is one too."""
    return request.POST if request.method == "POST" else None


def ask(
    request: HttpRequest, form: Any, *, title: str | Promise, cancel: str, status: int = 200, **more: Any
) -> HttpResponse:
    """Show the question before an act: the form, in a dialog or on a page; `more` may hold `text` and `is_party`."""
    context = {"form": form, "title": title, "cancel": cancel, "action": request.get_full_path(), **more}
    return in_dialog(request, "moderation/ask.html", context, status=status)


def act(
    request: HttpRequest,
    form: Any,
    do: Callable[[], object],
    *,
    title: str | Promise,
    done: str | Promise,
    back: str,
    **more: Any,
) -> HttpResponse:
    """Ask before the act, or do it and lead back to where its effect shows; what is wrong is said in the form."""
    if request.method == "GET" or not form.is_valid():
        return ask(request, form, title=title, cancel=back, status=200 if request.method == "GET" else 422, **more)
    try:
        do()
    except ValidationError as wrong:
        show_problems(form, wrong)
        return ask(request, form, title=title, cancel=back, status=422, **more)
    return answer(request, None, back, str(done))


def party_to(request: HttpRequest, thread: Any, post: Any = None) -> bool:
    """Return whether who acts is party to the matter. Raises PartyForbidden when another officer has to decide."""
    return weigh_party(user_of(request), thread, post)


def left_to_another(view: View) -> View:
    """Answer for a party to the matter, where the city asks for a second officer: with the way to ask one."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except PartyForbidden as refusal:
            context = {"reason": refusal.reason, "way": _way_to_another(request, refusal)}
            return problem(request, "moderation/party.html", 403, **context)

    return wrapped


def _way_to_another(request: HttpRequest, refusal: PartyForbidden) -> str:
    """Return the address of the report by which another officer hears of it: of the post, the thread or the city."""
    viewer, thread, post = viewer_of(request), refusal.thread, refusal.post
    if post is not None and can_report_post(viewer, post):
        return reverse("report_post", args=[post.pk])
    if can_report_thread(viewer, thread):
        return reverse("report_thread", args=[thread.pk])
    return reverse("report_city", args=[thread.city.slug])
