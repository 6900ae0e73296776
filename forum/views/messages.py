"""Messages: beginning a conversation, writing in one, and passing a message on to the site's moderators."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.limits import limited
from forum.actions.conversations import start_conversation
from forum.actions.message_reports import report_message
from forum.actions.messages import send_message
from forum.forms.messages import MessageForm, NewMessageForm
from forum.forms.problems import show_problems
from forum.forms.reports import ReportForm
from forum.permissions.cities import can_act_on_site
from forum.permissions.conversations import can_write_in_conversation
from forum.permissions.messages import can_message, can_report_message
from forum.permissions.verdicts import Forbidden, require
from forum.queries.conversations import get_message, get_participant, new_place, people_in, place_of_message
from forum.queries.message_reports import REASONS, earlier_message_report
from forum.queries.people import get_person
from forum.queries.recipients import names_in, recipients
from forum.text.quotes import quote
from forum.views import drafting, writing
from forum.views.conversations import show_unknown
from forum.views.kept import login_required_to_write, take_kept
from forum.views.private import private_messages
from forum.views.requests import answer, in_dialog, is_htmx, submission_of, user_of, viewer_of

QUOTE_LENGTH = 5000  # characters


@private_messages
@login_required_to_write()
@limited("posting", has_drafts=True)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Begin a conversation, with those whom `?to=` names."""
    context: dict[str, Any] = {"place": new_place()}
    if request.method == "POST":
        return _begin(request, context)
    viewer, to = viewer_of(request), request.GET.get("to", "")
    require(can_act_on_site(viewer))
    found = recipients(viewer, names_in(to))
    if len(found.people) == 1 and not found.unknown:
        require(can_message(viewer, found.people[0]))
    elif found.unknown:
        get_person(found.unknown[0])
    fresh = writing.fresh({**drafting.begun(request, context), **(take_kept(request) or {})})
    if found.people:
        fresh["to"] = ", ".join(person.username for person in found.people)
    context["form"] = NewMessageForm(initial=fresh)
    return render(request, "messages/new.html", context)


def _begin(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    template = "messages/_new.html" if is_htmx(request) else "messages/new.html"
    form = context["form"] = NewMessageForm(request.POST)
    if unsent := writing.unsent(request, template, context, key="message-new"):
        return unsent
    if form.is_valid():
        found = recipients(viewer_of(request), names_in(form.cleaned_data["to"]))
        show_unknown(form, found.unknown)
    if form.errors:
        return writing.incomplete(request, template, context)
    try:
        conversation = start_conversation(
            by=user_of(request),
            people=found.people,
            body=form.cleaned_data["body"],
            subject=form.cleaned_data["title"],
            submission=submission_of(request),
            typed_in=drafting.open_form(request),
        )
    except (ValidationError, Forbidden) as problem:
        return writing.refused(request, template, context, problem)
    return answer(request, None, place_of_message(conversation.pk, 1), _("Your message is sent."), guard="message-new")


@private_messages
@login_required_to_write()
@limited("posting", has_drafts=True)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, conversation: int) -> HttpResponseBase:
    """Write in a conversation, with the passage that `?quote=` holds of the message `?to=` quoted."""
    viewer = viewer_of(request)
    place = get_participant(viewer, conversation).conversation
    context: dict[str, Any] = {"conversation": place, "place": place}
    if request.method == "POST":
        return _send(request, context)
    people = people_in(viewer, place)
    require(can_write_in_conversation(viewer, people))
    fresh = writing.fresh({**drafting.begun(request, context), **(take_kept(request) or {})}, body="")
    number, passage = request.GET.get("to", ""), request.GET.get("quote", "")[:QUOTE_LENGTH].strip()
    if passage and number.isascii() and number.isdigit() and len(number) < 10:
        message = get_message(viewer, conversation, int(number))
        address = place_of_message(conversation, message.number)
        fresh["body"] = quote(passage, message.author.name, message.number, address)
    context |= {"form": MessageForm(initial=fresh, auto_id=f"id_{number}_%s" if number else "id_%s"), "people": people}
    return render(request, "messages/_write.html" if is_htmx(request) else "messages/write.html", context)


def _send(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    template = "messages/_write.html" if is_htmx(request) else "messages/write.html"
    form, key = MessageForm(request.POST), f"message-{context['place'].pk}"
    context["form"] = form
    if unsent := writing.unsent(request, template, context, key=key):
        return unsent
    if not form.is_valid():
        return writing.incomplete(request, template, context)
    typed: dict[str, Any] = {"submission": submission_of(request), "typed_in": drafting.open_form(request)}
    try:
        message = send_message(context["place"], by=user_of(request), body=form.cleaned_data["body"], **typed)
    except (ValidationError, Forbidden) as problem:
        return writing.refused(request, template, context, problem)
    return answer(request, None, place_of_message(message.conversation_id, message.number), _("Sent."), guard=key)


@private_messages
@login_required_to_write()
@limited("acting")
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, conversation: int, number: int) -> HttpResponse:
    """Show the site's moderators a copy of one message, after saying so."""
    viewer = viewer_of(request)
    message = get_message(viewer, conversation, number)
    require(can_report_message(viewer, message))
    back = place_of_message(conversation, number)
    form = ReportForm(request.POST or None, reasons=list(REASONS.items()), initial=take_kept(request))
    if request.method == "POST" and form.is_valid():
        try:
            report_message(message, by=user_of(request), **form.cleaned_data)
        except ValidationError as problem:
            show_problems(form, problem)
        else:
            return answer(request, None, back, _("Thank you. You will be told what is decided."))
    context = {"form": form, "message": message, "cancel": back, "earlier": earlier_message_report(viewer, message.pk)}
    context["action"] = reverse("message_report", args=[conversation, number])
    return in_dialog(request, "messages/report.html", context, status=422 if form.errors else 200)
