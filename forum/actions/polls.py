"""Putting a poll into a thread, changing it before anybody votes, closing it, and counting."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum import events
from forum.models import Option, Poll, Thread, Voter
from forum.permissions.polls import can_change_poll, can_close_poll, can_set_poll
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require
from forum.voting.drawing import shuffled
from forum.voting.results import result_of

if TYPE_CHECKING:
    from accounts.models import User

FEWEST, MOST = 2, 20  # options of a poll
SETTINGS = ("question", "method", "is_secret", "voters", "showing", "max_choices", "closes_at")


@transaction.atomic
def set_poll(
    thread: Thread,
    *,
    by: "User",
    question: str,
    options: Sequence[str],
    at: datetime | None = None,
    **settings: Any,
) -> Poll:
    """Put a poll into the thread, or change the one it has while nobody has voted; return it.

    `settings` are the other fields of Poll named in SETTINGS. The same again changes nothing. Raises Forbidden, and
    ValidationError for question, options, showing, closes_at or max_choices.
    """
    rows = Thread.objects.select_for_update(of=("self",), no_key=True).select_related("board__city", "city")
    thread, now, viewer = rows.get(pk=thread.pk), at or timezone.now(), Viewer.of(by)
    require(can_set_poll(viewer, thread))
    poll = Poll.objects.select_for_update().filter(thread=thread).first()
    if poll:
        poll.thread = thread
        require(can_change_poll(viewer, poll))
    else:
        return add_poll(thread, by=by, at=now, question=question, options=options, **settings)
    texts = _texts(options)
    fields = _settings(question, texts, settings, now)
    old = list(poll.options.order_by("position").values_list("text", flat=True))
    if old != texts or any(getattr(poll, name) != value for name, value in fields.items()):
        Poll.objects.filter(pk=poll.pk).update(counts={}, **fields)
        poll.options.all().delete()
        _offer(poll, texts)
        poll.refresh_from_db(fields=[*fields, "counts"])
        events.record("poll.changed", by=by, thread=thread, at=now, question=poll.question)
    return poll


def add_poll(
    thread: Thread, *, by: "User", at: datetime, question: str, options: Sequence[str], **settings: Any
) -> Poll:
    """Put a poll into a locked thread that has none and return it (for actions that have checked who may).

    Raises ValidationError like `set_poll`.
    """
    texts = _texts(options)
    fields = _settings(question, texts, settings, at)
    poll = Poll.objects.create(thread=thread, city=thread.city, author=by, opens_at=at, created_at=at, **fields)
    _offer(poll, texts)
    kind = "poll.opened" if by.pk == thread.author_id else "poll.added"
    events.record(kind, by=by, thread=thread, at=at, question=poll.question)
    return poll


def _texts(options: Sequence[str]) -> list[str]:
    """Return the options as they are stored. Raises ValidationError for `options`."""
    texts = [" ".join(text.split()) for text in options if text.strip()]
    if not FEWEST <= len(texts) <= MOST:
        text = _("Give %(fewest)s to %(most)s options, each on a line of its own.")
        raise ValidationError({"options": text % {"fewest": FEWEST, "most": MOST}})
    if len(set(texts)) < len(texts):
        raise ValidationError({"options": _("Two options are the same.")})
    if longest := max((len(text) for text in texts if len(text) > 200), default=0):
        text = ngettext(
            "An option has at most 200 characters; one of yours has %(length)s.",
            "An option has at most 200 characters; one of yours has %(length)s.",
            longest,
        )
        raise ValidationError({"options": text % {"length": longest}})
    return texts


def _settings(question: str, texts: list[str], settings: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return the fields of the poll. Raises ValidationError for the field that is wrong."""
    question = question.strip()
    if not question:
        raise ValidationError({"question": _("Give the poll a question.")})
    fields = {"question": question, **{name: settings[name] for name in SETTINGS if name in settings}}
    method = fields.setdefault("method", Poll.Method.SINGLE)
    most = {Poll.Method.SINGLE: 1, Poll.Method.RANKED: len(texts)}.get(method, fields.get("max_choices") or len(texts))
    if not 1 <= most <= len(texts):
        raise ValidationError({"max_choices": _("There are fewer options than choices.")})
    fields["max_choices"] = most
    if fields.get("is_secret") and fields.get("showing") == Poll.Showing.LIVE:
        # Each new ballot would show itself in a result that grows.
        raise ValidationError({"showing": _("The result of a secret ballot is shown when the poll has closed.")})
    closes_at = fields.get("closes_at")
    if closes_at and closes_at <= now:
        raise ValidationError({"closes_at": _("This time is past.")})
    return fields


def _offer(poll: Poll, texts: Sequence[str]) -> None:
    rows = (Option(poll=poll, text=text, position=number) for number, text in enumerate(texts, start=1))
    Option.objects.bulk_create(rows)


@transaction.atomic
def close_poll(poll: Poll, *, by: "User", reason: str = "", at: datetime | None = None) -> Poll:
    """Close the poll of a thread before its time, count, and return it; closing twice changes nothing.

    Raises Forbidden.
    """
    poll, now = locked(poll), at or timezone.now()
    if poll.closed_at:
        return poll
    require(can_close_poll(Viewer.of(by), poll))
    conclude(poll, at=now)
    record_closing(poll, by=by, reason=reason.strip(), at=now)
    return poll


@transaction.atomic
def settle_poll(poll: Poll, *, at: datetime | None = None) -> Poll:
    """Count the poll of a thread whose time is over, and return it; at any other time nothing changes."""
    poll, now = locked(poll), at or timezone.now()
    if poll.thread_id and poll.is_due_at(now):
        conclude(poll, at=now)
        record_closing(poll, by=None, reason="", at=now)
    return poll


def locked(poll: Poll) -> Poll:
    """Return the poll with its row locked: ballots wait until the transaction ends."""
    rows = Poll.objects.select_for_update(of=("self",)).select_related("city", "thread__board", "thread__city")
    return rows.get(pk=poll.pk)


def conclude(poll: Poll, *, at: datetime, seats: int = 0, struck: Collection[int] = ()) -> dict[str, Any]:
    """Close a locked poll, store and return its result; see `forum.voting.results` for `seats` and `struck`."""
    ballots = list(poll.ballots.order_by("number").values_list("receipt", "choices"))
    offered = list(poll.options.values_list("position", flat=True))
    ranked = poll.method == Poll.Method.RANKED
    poll.result = result_of(ballots, offered=offered, ranked=ranked, seats=seats, struck=struck)
    poll.closed_at = at
    poll.save(update_fields=["closed_at", "result"])
    if poll.is_secret:
        _shuffle(poll)
    return poll.result


def _shuffle(poll: Poll) -> None:
    """Write the roll of a secret poll anew in an order drawn by lot.

    The rows of those who voted stand in storage in the order, and on PostgreSQL bear the transaction, in which they
    were written, as the ballots do. After this nothing of either is left on the side of the people.
    """
    roll = shuffled(list(Voter.objects.filter(poll=poll).values_list("user", "has_voted")))
    Voter.objects.filter(poll=poll).delete()
    rows = (Voter(id=uuid4(), poll=poll, user_id=user, has_voted=has_voted) for user, has_voted in roll)
    Voter.objects.bulk_create(rows, batch_size=500)


def record_closing(poll: Poll, *, by: "User | None", reason: str, at: datetime) -> None:
    """Record that a poll is closed, with the seal over its ballots: from then on the list is fixed."""
    result: dict[str, Any] = poll.result or {}
    events.record(
        "poll.closed",
        by=by,
        city=poll.city,
        thread=poll.thread,
        reason=reason,
        at=at,
        poll=poll.pk,
        question=poll.question,
        ballots=result["ballots"],
        seal=result["seal"],
        anchor=poll.chain_head,
    )
