"""Views of moderation: each act asks for its reason (GET) and is done (POST)."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.limits import limited
from forum.actions import moderation as actions
from forum.actions import pinning
from forum.forms.moderation import ActForm, MoveForm, PinForm, ReasonForm
from forum.permissions.posts import can_moderate_post
from forum.permissions.threads import can_moderate_thread
from forum.permissions.verdicts import require
from forum.queries.boards import boards_of_city
from forum.queries.posts import get_post, place_of
from forum.queries.threads import get_thread
from forum.views.acting import View, act, left_to_another, party_to, sent
from forum.views.requests import user_of, viewer_of


def _thread_view(
    do: Any, ability: str, title: str | Promise, done: str | Promise, *, form: Any = ActForm, needs_reason: bool = False
) -> View:
    """Return the view of one act on a thread, for which one needs the ability; the action gets what the form holds."""

    @require_http_methods(["GET", "POST"])
    @login_required
    @limited("acting")
    @left_to_another
    def view(request: HttpRequest, thread: int) -> HttpResponse:
        found = get_thread(viewer_of(request), thread)
        require(can_moderate_thread(viewer_of(request), found, ability))
        is_party = party_to(request, found)
        filled = form(sent(request), is_required=needs_reason)

        def doing() -> None:
            data = {name: value for name, value in filled.cleaned_data.items() if name != "lasting"}
            do(found, by=user_of(request), **data)

        back = reverse("thread", args=[thread])
        return act(request, filled, doing, title=title, done=done, back=back, is_party=is_party)

    return view


def _post_view(do: Any, title: str | Promise, done: str | Promise, *, needs_reason: bool = False) -> View:
    """Return the view of one act on a post."""

    @require_http_methods(["GET", "POST"])
    @login_required
    @limited("acting")
    @left_to_another
    def view(request: HttpRequest, post: int) -> HttpResponse:
        found = get_post(viewer_of(request), post, readable=False)
        require(can_moderate_post(viewer_of(request), found))
        is_party = party_to(request, found.thread, found)
        form = ActForm(sent(request), is_required=needs_reason)
        return act(
            request,
            form,
            lambda: do(found, by=user_of(request), **form.cleaned_data),
            title=title,
            done=done,
            back=place_of(found),
            is_party=is_party,
        )

    return view


pin = _thread_view(pinning.pin_thread, "pin", _("Pin this thread"), _("The thread is pinned."), form=PinForm)
unpin = _thread_view(
    pinning.unpin_thread, "pin", _("Unpin this thread"), _("The thread is no longer pinned."), form=ReasonForm
)
lock = _thread_view(actions.lock_thread, "lock", _("Lock this thread"), _("The thread is locked."))
unlock = _thread_view(
    actions.unlock_thread, "lock", _("Unlock this thread"), _("The thread is open for replies again.")
)
feature = _thread_view(
    actions.feature_thread, "pin", _("Feature this thread"), _("The thread is featured."), form=ReasonForm
)
unfeature = _thread_view(
    actions.unfeature_thread, "pin", _("Take the featured mark away"), _("The mark is gone."), form=ReasonForm
)
hide_thread = _thread_view(
    actions.hide_thread, "hide", _("Hide this thread"), _("The thread is hidden."), needs_reason=True
)
restore_thread = _thread_view(actions.restore_thread, "hide", _("Restore this thread"), _("The thread is restored."))
hide_post = _post_view(actions.hide_post, _("Hide this post"), _("The post is hidden."), needs_reason=True)
restore_post = _post_view(actions.restore_post, _("Restore this post"), _("The post is restored."))


@require_http_methods(["GET", "POST"])
@login_required
@limited("acting")
@left_to_another
def move(request: HttpRequest, thread: int) -> HttpResponse:
    """Move a thread to another board of its city."""
    found = get_thread(viewer_of(request), thread)
    require(can_moderate_thread(viewer_of(request), found, "move"))
    is_party = party_to(request, found)
    boards = {board.pk: board for board in boards_of_city(found.city) if board.pk != found.board_id}
    form = MoveForm(sent(request), boards=[(pk, board.name) for pk, board in boards.items()])

    def do() -> None:
        data = form.cleaned_data | {"board": boards[int(form.cleaned_data["board"])]}
        actions.move_thread(found, by=user_of(request), **data)

    back = reverse("thread", args=[thread])
    title, done = _("Move this thread"), _("The thread has moved.")
    return act(request, form, do, title=title, done=done, back=back, is_party=is_party)
