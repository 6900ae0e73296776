"""Passing a message on to the site's moderators, and their decision."""

from datetime import datetime
from typing import Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forum import events
from forum.models import Message, MessageReport, Participant
from forum.permissions.conversations import NOT_IN_IT, can_see_conversation
from forum.permissions.messages import can_decide_message_report, can_report_message
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import denied, require
from forum.queries.message_reports import REASONS
from forum.queries.reports import OTHER

type Decision = Literal["uphold", "dismiss"]


@transaction.atomic
def report_message(
    message: Message, *, by: User, reason: str, words: str = "", at: datetime | None = None
) -> MessageReport:
    """Show the site's moderators a copy of this one message, and return the report; twice is the same report.

    Raises Forbidden, and ValidationError for `reason` and `words`.
    """
    viewer, now = Viewer.of(by), at or timezone.now()
    if not can_see_conversation(viewer, message.conversation):
        require(denied(NOT_IN_IT))
    require(can_report_message(viewer, message))
    # Locked, so that sending twice at once makes one report.
    Participant.objects.select_for_update(no_key=True).get(conversation=message.conversation_id, user=by)
    if earlier := MessageReport.objects.filter(message=message, reporter=by).first():
        return earlier
    reason, words = reason.strip(), words.strip()
    if reason not in REASONS:
        raise ValidationError({"reason": _("Choose a reason.")})
    if reason == OTHER and not words:
        raise ValidationError({"words": _("Say in a few words what is wrong.")})
    report = MessageReport.objects.create(
        message=message,
        person_id=message.author_id,
        reporter=by,
        body=message.body,
        language=message.language,
        written_at=message.created_at,
        reason=reason,
        words=words,
        created_at=now,
    )
    events.record("message.reported", by=by, at=now, message_report=report.pk)
    return report


@transaction.atomic
def decide_message_report(
    report: MessageReport, *, by: User, decision: Decision, answer: str, at: datetime | None = None
) -> MessageReport:
    """Uphold or dismiss the report with an answer to who made it, and return it; a decided one stays as it is.

    Raises Forbidden, and ValidationError for `answer`. What follows for the person is decided apart (a suspension).
    """
    report = MessageReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    require(can_decide_message_report(Viewer.of(by), report))
    if report.state != MessageReport.State.WAITING:
        return report
    answer, now = answer.strip(), at or timezone.now()
    if not answer:
        raise ValidationError({"answer": _("Give a reason: who reported reads it.")})
    upheld = decision == "uphold"
    report.state = MessageReport.State.UPHELD if upheld else MessageReport.State.DISMISSED
    report.answer, report.decided_by, report.decided_at = answer[:1000], by, now
    report.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    kind = "message_report.upheld" if upheld else "message_report.dismissed"
    events.record(kind, by=by, at=now, message_report=report.pk)
    return report
