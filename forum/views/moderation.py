"""Views of moderation: each act asks for its reason (GET) and is done (POST)."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.limits import limited
from forum.actions import moderation as actions
from forum.forms.moderation import MoveForm, ReasonForm
from forum.forms.problems import show_problems
from forum.permissions.posts import can_moderate_post
from forum.permissions.threads import can_moderate_thread
from forum.permissions.verdicts import require
from forum.queries.boards import boards_of_city
from forum.queries.posts import get_post, place_of
from forum.queries.threads import get_thread
from forum.views.requests import answer, is_htmx, user_of, viewer_of

type View = Callable[..., HttpResponseBase]


def _ask(request: HttpRequest, form: Any, *, title: str | Promise, cancel: str, status: int = 200) -> HttpResponse:
    context = {"form": form, "title": title, "cancel": cancel, "action": request.path}
    template = "moderation/ask.html#dialog" if is_htmx(request) else "moderation/ask.html"
    return render(request, template, context, status=status)


def _act(
    request: HttpRequest, form: Any, act: Callable[[], object], *, title: str | Promise, done: str | Promise, back: str
) -> HttpResponse:
    """Ask for the reason, or do the act and lead back to where its effect shows."""
    if request.method == "GET" or not form.is_valid():
        return _ask(request, form, title=title, cancel=back, status=200 if request.method == "GET" else 422)
    try:
        act()
    except ValidationError as problem:
        show_problems(form, problem)
        return _ask(request, form, title=title, cancel=back, status=422)
    return answer(request, None, back, str(done))


def _thread_view(
    act: Any, ability: str, title: str | Promise, done: str | Promise, *, needs_reason: bool = False
) -> View:
    """Return the view of one act on a thread, for which one needs the ability."""

    @require_http_methods(["GET", "POST"])
    @login_required
    @limited("acting")
    def view(request: HttpRequest, thread: int) -> HttpResponse:
        found = get_thread(viewer_of(request), thread)
        require(can_moderate_thread(viewer_of(request), found, ability))
        form = ReasonForm(request.POST or None, is_required=needs_reason)
        return _act(
            request,
            form,
            lambda: act(found, by=user_of(request), reason=form.cleaned_data["reason"]),
            title=title,
            done=done,
            back=reverse("thread", args=[thread]),
        )

    return view


def _post_view(act: Any, title: str | Promise, done: str | Promise, *, needs_reason: bool = False) -> View:
    """Return the view of one act on a post."""

    @require_http_methods(["GET", "POST"])
    @login_required
    @limited("acting")
    def view(request: HttpRequest, post: int) -> HttpResponse:
        found = get_post(viewer_of(request), post, readable=False)
        require(can_moderate_post(viewer_of(request), found))
        form = ReasonForm(request.POST or None, is_required=needs_reason)
        return _act(
            request,
            form,
            lambda: act(found, by=user_of(request), reason=form.cleaned_data["reason"]),
            title=title,
            done=done,
            back=place_of(found),
        )

    return view


pin = _thread_view(actions.pin_thread, "pin", _("Pin this thread"), _("The thread is pinned."))
unpin = _thread_view(actions.unpin_thread, "pin", _("Unpin this thread"), _("The thread is no longer pinned."))
lock = _thread_view(actions.lock_thread, "lock", _("Lock this thread"), _("The thread is locked."))
unlock = _thread_view(
    actions.unlock_thread, "lock", _("Unlock this thread"), _("The thread is open for replies again.")
)
feature = _thread_view(actions.feature_thread, "pin", _("Feature this thread"), _("The thread is featured."))
unfeature = _thread_view(actions.unfeature_thread, "pin", _("Take the featured mark away"), _("The mark is gone."))
hide_thread = _thread_view(
    actions.hide_thread, "hide", _("Hide this thread"), _("The thread is hidden."), needs_reason=True
)
restore_thread = _thread_view(actions.restore_thread, "hide", _("Restore this thread"), _("The thread is restored."))
hide_post = _post_view(actions.hide_post, _("Hide this post"), _("The post is hidden."), needs_reason=True)
restore_post = _post_view(actions.restore_post, _("Restore this post"), _("The post is restored."))


@require_http_methods(["GET", "POST"])
@login_required
@limited("acting")
def move(request: HttpRequest, thread: int) -> HttpResponse:
    """Move a thread to another board of its city."""
    found = get_thread(viewer_of(request), thread)
    require(can_moderate_thread(viewer_of(request), found, "move"))
    boards = {board.pk: board for board in boards_of_city(found.city) if board.pk != found.board_id}
    form = MoveForm(request.POST or None, boards=[(pk, board.name) for pk, board in boards.items()])

    def act() -> None:
        data = form.cleaned_data
        actions.move_thread(found, by=user_of(request), board=boards[int(data["board"])], reason=data["reason"])

    back = reverse("thread", args=[thread])
    return _act(request, form, act, title=_("Move this thread"), done=_("The thread has moved."), back=back)
