"""Beginning a conversation, bringing people in, and leaving."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from forum import events
from forum.actions.drafts import OpenForm, draft_was_sent
from forum.actions.messages import add_message, check_text, message_sent_before
from forum.actions.texts import cleaned
from forum.models import Conversation, Participant
from forum.notifying.reading import forget_conversation
from forum.permissions.cities import can_act_on_site
from forum.permissions.conversations import MOST, can_add_to_conversation, can_leave_conversation
from forum.permissions.messages import (
    CONVERSATIONS_A_DAY,
    CONVERSATIONS_A_DAY_OF_NEW,
    can_message,
    is_new,
    with_ways,
)
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require


@transaction.atomic
def start_conversation(
    *,
    by: User,
    people: Iterable[User],
    body: str,
    subject: str = "",
    submission: UUID | None = None,
    typed_in: OpenForm | None = None,
    at: datetime | None = None,
) -> Conversation:
    """Write to one person or several, and return the new conversation; the same `submission` returns the same one.

    Raises Forbidden, and ValidationError for `to`, `body`, or as a whole for too many in one day.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # what one person begins comes one after another
    body, subject, now = cleaned(body), " ".join(subject.split())[:200], at or timezone.now()
    earlier, submission = message_sent_before(by=by, submission=submission, body=body)
    if earlier:
        return earlier.conversation
    viewer = Viewer.of(by)
    require(can_act_on_site(viewer))
    check_text(body)
    found = _writable(viewer, people)
    if not found:
        raise ValidationError({"to": _("Say to whom you write.")})
    _check_number(len(found) + 1)
    _check_day(by, now)
    conversation = Conversation.objects.create(subject=subject, starter=by, created_at=now, last_message_at=now)
    everybody = [by, *found]
    Participant.objects.bulk_create(
        Participant(conversation=conversation, user=one, joined_at=now) for one in everybody
    )
    add_message(conversation, by=by, body=body, submission=submission, at=now)
    draft_was_sent(Conversation(), by=by, body=body, submission=submission, typed_in=typed_in)
    return conversation


def _writable(viewer: Viewer, people: Iterable[User]) -> Sequence[User]:
    """Return the people, each once, as they are now; raise ValidationError for those one may not write to."""
    found = with_ways(viewer, User.objects.filter(pk__in={one.pk for one in people})).order_by("username")
    verdicts = [can_message(viewer, one) for one in found]
    refusals = [str(verdict.reason) for verdict in verdicts if not verdict]
    if refusals:
        raise ValidationError({"to": refusals})
    return list(found)


def _check_number(number: int) -> None:
    if number > MOST:
        text = ngettext(
            "A conversation has at most %(count)s person, yourself included.",
            "A conversation has at most %(count)s people, yourself included.",
            MOST,
        )
        raise ValidationError({"to": text % {"count": MOST}})


def _check_day(by: User, now: datetime) -> None:
    """Raise ValidationError for who has begun as many conversations today as one may."""
    limit = CONVERSATIONS_A_DAY_OF_NEW if is_new(by, now) else CONVERSATIONS_A_DAY
    if Conversation.objects.filter(starter=by, created_at__gt=now - timedelta(days=1)).count() < limit:
        return
    if is_new(by, now):
        text = ngettext(
            "In your first week you may begin %(count)s conversation a day. Please come back tomorrow.",
            "In your first week you may begin %(count)s conversations a day. Please come back tomorrow.",
            limit,
        )
    else:
        text = ngettext(
            "You may begin %(count)s conversation a day. Please come back tomorrow.",
            "You may begin %(count)s conversations a day. Please come back tomorrow.",
            limit,
        )
    raise ValidationError(text % {"count": limit})


@transaction.atomic
def add_people(
    conversation: Conversation, *, by: User, people: Iterable[User], at: datetime | None = None
) -> list[Participant]:
    """Bring people into the conversation, who then read all of it, and return those that are new in it.

    Who takes part already stays; who has left is not brought back. Raises Forbidden, and ValidationError for `to`.
    """
    conversation, now = _locked(conversation), at or timezone.now()
    known = {one.user_id: one for one in conversation.participants.select_related("user")}
    viewer, me = Viewer.of(by), known.get(by.pk)
    require(can_add_to_conversation(viewer, conversation, present=me is not None and me.left_at is None))
    people = list(people)
    gone = [known[one.pk].user.name for one in people if one.pk in known and known[one.pk].left_at]
    if gone:
        text = _("%(name)s has left this conversation and is not brought back.")
        raise ValidationError({"to": [text % {"name": name} for name in gone]})
    found = _writable(viewer, [one for one in people if one.pk not in known])
    if not found:
        return []
    _check_number(sum(one.left_at is None for one in known.values()) + len(found))
    rows = [
        Participant(conversation=conversation, user=one, joined_at=now, joined_after=conversation.last_number)
        for one in found
    ]
    Participant.objects.bulk_create(rows)
    added = [one.pk for one in found]
    events.record("conversation.joined", by=by, at=now, conversation=conversation.pk, people=added)
    return rows


@transaction.atomic
def leave_conversation(conversation: Conversation, *, by: User, at: datetime | None = None) -> Conversation:
    """Leave; what one wrote stays for the others. When the last one leaves it is deleted. Return what it was.

    Raises Forbidden.
    """
    conversation, now = _locked(conversation), at or timezone.now()
    require(can_leave_conversation(Viewer.of(by), conversation))
    events.record("conversation.left", by=by, at=now, conversation=conversation.pk)
    forget_conversation(by, conversation.pk)
    conversation.drafts.filter(user=by).update(conversation=None)  # what is not sent yet stays one's own
    present = Participant.objects.present().filter(conversation=conversation)
    present.filter(user=by).update(left_at=now, left_after=conversation.last_number)
    if not present.exists():
        Conversation.objects.filter(pk=conversation.pk).delete()
    return conversation


def _locked(conversation: Conversation) -> Conversation:
    return Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
