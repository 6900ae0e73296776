"""Texts that appear later: letting them wait, taking them back, and making posts of them when their time has come."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.preferences import supported
from forum import events
from forum.actions.drafts import save_draft
from forum.actions.posts import add_reply
from forum.actions.texts import check_length, cleaned
from forum.actions.threads import create_thread
from forum.models import Board, Draft, Thread
from forum.permissions.drafts import can_discard_draft, can_send_draft
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Forbidden, require

MOST = 20  # texts of one person that wait
FURTHEST = timedelta(days=366)


@transaction.atomic
def schedule_text(
    place: Thread | Board,
    *,
    by: User,
    appears_at: datetime,
    body: str,
    title: str = "",
    sending: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    **typed: Any,
) -> Draft:
    """Let a reply to a thread or a new thread on a board wait until `appears_at`, and return it.

    `sending` is what `add_reply` or `create_thread` is given beside the words; `typed` what else `save_draft` takes.
    The same form again changes nothing. Raises Forbidden, DraftConflict, and ValidationError for the field that is
    wrong. The rules of the city are asked when it appears, and not before.
    """
    require(can_send_draft(Viewer.of(by), place))
    board, now = place.board if isinstance(place, Thread) else place, at or timezone.now()
    check_length(cleaned(body), board)
    if isinstance(place, Board) and not title.strip():
        raise ValidationError({"title": _("Give the thread a title.")})
    if not now < appears_at <= now + FURTHEST:
        raise ValidationError({"appears_at": _("Choose a time to come, at most a year from now.")})
    waiting = Draft.objects.scheduled().filter(user=by)
    earlier = waiting.filter(submission=typed.get("submission"), body=cleaned(body)).first()
    if earlier:
        return earlier
    if waiting.count() >= MOST:
        problem = _("%(number)s texts of yours wait already, as many as may. Let one of them appear first.")
        raise ValidationError(problem % {"number": MOST})
    draft = save_draft(place, by=by, body=body, title=title, at=now, **typed)
    if draft is None:
        raise ValidationError({"body": _("This text has been sent already.")})
    draft.appears_at, draft.problem = appears_at, ""
    draft.sending = json.loads(json.dumps(dict(sending or {}), cls=DjangoJSONEncoder))
    draft.save(update_fields=["appears_at", "problem", "sending"])
    return draft


@transaction.atomic
def take_back_text(draft: Draft, *, by: User) -> Draft:
    """Make a waiting text a draft again, to be written on or thrown away, and return it; twice changes nothing.

    Raises Forbidden, and Draft.DoesNotExist when it has appeared meanwhile.
    """
    require(can_discard_draft(Viewer.of(by), draft))
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    _return(draft)
    return draft


@transaction.atomic
def publish_text(draft: Draft, *, at: datetime) -> bool:
    """Make a post of a text whose time has come, or give it back to its author with the reason; return whether it did.

    Everything is asked as if it were sent now: rights, sanctions, rules and holds. At once again it does nothing.
    """
    _lock_place(draft)
    waiting = Draft.objects.scheduled().filter(appears_at__lte=at).select_for_update(of=("self",))
    found = waiting.select_related("user", "thread", "board").filter(pk=draft.pk).first()
    if found is None:
        return False
    with translation.override(supported(found.user.language) or None):
        try:
            with transaction.atomic():
                _send(found, at)
        except (Forbidden, ValidationError) as problem:
            _give_back(found, problem, at)
        else:
            found.delete()
    return True


def _lock_place(draft: Draft) -> None:
    """Lock the thread or board before the draft, in the order in which a reply locks them."""
    rows = Thread.objects if draft.thread_id else Board.objects
    with suppress(Thread.DoesNotExist, Board.DoesNotExist):
        rows.select_for_update(of=("self",), no_key=True).get(pk=draft.thread_id or draft.board_id or 0)


def _send(draft: Draft, at: datetime) -> None:
    place = draft.thread or draft.board
    assert place is not None, "a constraint of the table"
    if not draft.user.is_active:
        raise ValidationError(_("Your account could not write at that time."))
    require(can_send_draft(Viewer.of(draft.user), place))
    words: dict[str, Any] = {"title": draft.title, "body": draft.body, "source": draft.source}
    words |= {**draft.sending, "submission": draft.submission, "by": draft.user, "at": at}
    if poll := words.get("poll"):
        closes_at = poll.get("closes_at")
        words["poll"] = {**poll, "closes_at": parse_datetime(closes_at) if closes_at else None}
    if isinstance(place, Thread):
        add_reply(place, to=draft.addressed_number, **words)
    else:
        create_thread(place, **words)


def _give_back(draft: Draft, problem: Forbidden | ValidationError, at: datetime) -> None:
    why = str(problem.reason) if isinstance(problem, Forbidden) else " ".join(problem.messages)
    _return(draft, problem=why[:500], changed_at=at)
    events.record("draft.returned", by=None, person=draft.user, at=at, draft=draft.pk)


def _return(draft: Draft, **values: Any) -> None:
    draft.appears_at, draft.sending = None, {}
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save(update_fields=["appears_at", "sending", *values])
