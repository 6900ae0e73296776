"""Conversations: the list, one of them, beginning one, bringing people in, leaving, paper."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from accounts.preferences import change_preferences
from forum.actions.conversations import add_people, leave_conversation
from forum.forms.messages import MessageForm, PeopleForm, WritersForm
from forum.forms.problems import show_problems
from forum.notifying.reading import mark_conversation_read
from forum.permissions.conversations import can_add_to_conversation
from forum.permissions.verdicts import require
from forum.queries.conversations import (
    MESSAGES_PER_PART,
    ConversationPage,
    conversation_page,
    conversations_of,
    get_participant,
    people_in,
)
from forum.queries.recipients import names_in, recipients
from forum.views import drafting, writing
from forum.views.private import private_messages
from forum.views.requests import answer, in_dialog, is_unseen, page_number, user_of, viewer_of


@private_messages
@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """My conversations, and the choice of who may write to me."""
    person = user_of(request)
    form = WritersForm(request.POST or None, initial={"messages_from": person.messages_from})
    if request.method == "POST" and form.is_valid():
        change_preferences(person, messages_from=form.cleaned_data["messages_from"])
        messages.success(request, _("Saved."))
        return redirect("me_messages")
    page = conversations_of(viewer_of(request), marks=request.GET)
    return render(request, "messages/index.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@private_messages
@login_required
@require_GET
def show(request: HttpRequest, conversation: int) -> HttpResponse:
    """A page of a conversation; to see it is to have read it."""
    number = page_number(request) if "page" in request.GET else None
    page = conversation_page(viewer_of(request), conversation, number=number)
    context: dict[str, Any] = {"page": page, "conversation": page.conversation, "place": page.conversation}
    if page.may_write:
        kept = drafting.begun(request, context)
        context["form"] = MessageForm(initial=writing.fresh(kept))
    response = render(request, "messages/show.html", context)
    if not is_unseen(request):
        mark_conversation_read(page.me, until=page.last_number)
    return response


@private_messages
@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, conversation: int) -> HttpResponse:
    """Bring people into a conversation that I began."""
    viewer = viewer_of(request)
    me = get_participant(viewer, conversation)
    require(can_add_to_conversation(viewer, me.conversation, present=True))
    form = PeopleForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (added := _added(request, form, me.conversation)) is not None:
        text = ngettext("%(count)s person was added.", "%(count)s people were added.", added) % {"count": added}
        return answer(request, None, reverse("conversation", args=[conversation]), text)
    context = {"form": form, "conversation": me.conversation, "people": people_in(viewer, me.conversation)}
    return in_dialog(request, "messages/people.html", context, status=422 if form.errors else 200)


def _added(request: HttpRequest, form: PeopleForm, conversation: Any) -> int | None:
    """Add those who are named and return how many; None when something is wrong, which the form then says."""
    found = recipients(viewer_of(request), names_in(form.cleaned_data["to"]))
    if found.unknown:
        show_unknown(form, found.unknown)
        return None
    try:
        return len(add_people(conversation, by=user_of(request), people=found.people))
    except ValidationError as problem:
        show_problems(form, problem)
    return None


def show_unknown(form: Any, names: list[str]) -> None:
    """Say at the field which names mean nobody, or more than one person."""
    for name in names:
        form.add_error("to", _("Nobody, or more than one person, is called %(name)s.") % {"name": name})


@private_messages
@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, conversation: int) -> HttpResponse:
    """Ask, then leave a conversation."""
    viewer = viewer_of(request)
    me = get_participant(viewer, conversation)
    if request.method == "POST":
        leave_conversation(me.conversation, by=user_of(request))
        return answer(request, None, reverse("me_messages"), _("You have left the conversation."))
    others = [one for one in people_in(viewer, me.conversation) if one.left_at is None and one.pk != me.pk]
    return in_dialog(request, "messages/leave.html", {"conversation": me.conversation, "others": others})


@private_messages
@login_required
@require_GET
@limited("expensive", reads=True)
def paper(request: HttpRequest, conversation: int) -> HttpResponseBase:
    """A conversation for paper; a very long one in parts."""
    viewer = viewer_of(request)
    page: ConversationPage = conversation_page(
        viewer, conversation, number=page_number(request), size=MESSAGES_PER_PART
    )
    return render(request, "messages/print.html", {"page": page, "printed_at": timezone.now()})
