"""Writing in a conversation."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from forum import events
from forum.actions import counters
from forum.actions.attachments import place_images
from forum.actions.drafts import OpenForm, draft_was_sent
from forum.actions.texts import cleaned, rendered
from forum.models import Conversation, Message, Participant
from forum.permissions.conversations import can_write_in_conversation, with_blocks
from forum.permissions.messages import MESSAGES_A_DAY, MESSAGES_A_DAY_OF_NEW, is_new
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require

LONGEST = 40_000  # characters; as long as a post


@transaction.atomic
def send_message(
    conversation: Conversation,
    *,
    by: User,
    body: str,
    submission: UUID | None = None,
    typed_in: OpenForm | None = None,
    at: datetime | None = None,
) -> Message:
    """Write in the conversation and return the message; the same `submission` with the same words returns the same.

    The row of the conversation is locked, so numbers follow one another. Raises Forbidden, and ValidationError for
    `body`, or as a whole for too many in one day.
    """
    conversation = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    body, now = cleaned(body), at or timezone.now()
    earlier, submission = message_sent_before(by=by, submission=submission, body=body)
    if earlier:
        return earlier
    viewer = Viewer.of(by)
    people = with_blocks(viewer, Participant.objects.filter(conversation=conversation))
    require(can_write_in_conversation(viewer, people))
    check_text(body)
    message = add_message(conversation, by=by, body=body, submission=submission, at=now)
    if submission:
        draft_was_sent(conversation, by=by, body=body, submission=submission, typed_in=typed_in)
    return message


def add_message(conversation: Conversation, *, by: User, body: str, submission: UUID | None, at: datetime) -> Message:
    """Store the next message of a locked conversation, and have the others told; part of actions that may."""
    _check_day(by, at)
    message = Message.objects.create(
        conversation=conversation,
        number=conversation.last_number + 1,
        author=by,
        submission=submission,
        created_at=at,
        **rendered(body),
    )
    place_images(message, message.html, by=by)
    counters.message_came(message)
    events.record("message.sent", by=by, at=at, conversation=conversation.pk, number=message.number)
    return message


def check_text(body: str) -> None:
    """Raise ValidationError for `body` when it is empty or too long."""
    if not body:
        raise ValidationError({"body": _("Write something first.")})
    if len(body) > LONGEST:
        text = ngettext(
            "A message has at most %(limit)s character; yours has %(length)s.",
            "A message has at most %(limit)s characters; yours has %(length)s.",
            LONGEST,
        )
        raise ValidationError({"body": text % {"limit": LONGEST, "length": len(body)}})


def message_sent_before(*, by: User, submission: UUID | None, body: str) -> tuple[Message | None, UUID | None]:
    """Return the message that this form has already become, if any, and the mark to store with a new one.

    A form sent again with other words is a new message without the used mark, for the words must not be lost.
    """
    earlier = Message.objects.filter(author=by, submission=submission).first() if submission else None
    if earlier is None:
        return None, submission
    return (earlier, submission) if earlier.body == body else (None, None)


def _check_day(by: User, now: datetime) -> None:
    limit = MESSAGES_A_DAY_OF_NEW if is_new(by, now) else MESSAGES_A_DAY
    if Message.objects.filter(author=by, created_at__gt=now - timedelta(days=1))[:limit].count() < limit:
        return
    if is_new(by, now):
        text = ngettext(
            "In your first week you may send %(count)s message a day. Please come back tomorrow.",
            "In your first week you may send %(count)s messages a day. Please come back tomorrow.",
            limit,
        )
    else:
        text = ngettext(
            "You may send %(count)s message a day. Please come back tomorrow.",
            "You may send %(count)s messages a day. Please come back tomorrow.",
            limit,
        )
    raise ValidationError(text % {"count": limit})
