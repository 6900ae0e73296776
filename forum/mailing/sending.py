"""Sending: letters that are due go to the mail server, each held by one sender at a time."""

import logging
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.core.mail import mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from forum.mailing.addresses import count_failure, reachable, stop_address
from forum.mailing.answers import Answer, answer_of
from forum.mailing.choices import Rhythms
from forum.mailing.composing import compose, news_of
from forum.mailing.messages import Mail
from forum.models import Letter, Rhythm, Suppression
from forum.models.letters import LONGEST_PROBLEM

log = logging.getLogger(__name__)

AT_ONCE = 20  # letters that one sender takes; what they tell is asked for when they are taken
LEASE = timedelta(minutes=5)  # for how long a letter is held; whoever holds it longer is gone
# How long after each attempt that failed the next one comes; after the last the letter is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (2, 10, 30, 120, 360, 1440))
AWAY = timedelta(minutes=2)  # until a mail server that cannot be reached is tried again
STALE = timedelta(days=7)  # news that have waited so long are none; a bulletin gathers for as long before

WAITING = (Letter.State.OPEN, Letter.State.SEALED)


@dataclass(slots=True)
class Sent:
    """What became of the letters of one round."""

    sent: int = 0
    empty: int = 0
    later: int = 0
    failed: int = 0

    def count(self, state: str) -> None:
        """Count one letter."""
        name = {Letter.State.SENT: "sent", Letter.State.EMPTY: "empty", Letter.State.FAILED: "failed"}.get(
            Letter.State(state), "later"
        )
        setattr(self, name, getattr(self, name) + 1)


class ServerIsAway(Exception):
    """The mail server cannot be reached, or speaks with nobody at present."""


def send_due(at: datetime | None = None) -> Sent:
    """Send all letters that are due; several may do so at the same time.

    A letter is taken before it is offered to the server and marked when the server has accepted it. If the sender dies
    between these two, nobody knows whether it was accepted: SMTP has no way to ask. It is then offered again when the
    lease is over, with the same Message-ID, by which mail systems know a message that they have. So no letter is lost,
    and at most the one that was under way can come twice.
    """
    result, server = Sent(), mailers.default
    try:
        while letters := _take(at or timezone.now()):
            try:
                _send_all(letters, server, at, result)
            except ServerIsAway as problem:
                log.warning("The mail server is away: %s", problem)
                result.later += _put_back(letters, at or timezone.now())
                break
    finally:
        _hang_up(server)
    return result


@transaction.atomic
def _take(now: datetime) -> list[Letter]:
    """Seal and hold some letters that are due and that nobody holds."""
    due = Letter.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lt=now), state__in=WAITING, due_at__lte=now
    ).order_by("due_at", "pk")
    pks = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:AT_ONCE])
    if not pks:
        return []
    claim = uuid4()
    Letter.objects.filter(pk__in=pks).update(state=Letter.State.SEALED, claim=claim, claimed_until=now + LEASE)
    return list(Letter.objects.filter(claim=claim, pk__in=pks).select_related("user").order_by("due_at", "pk"))


def _send_all(letters: Sequence[Letter], server: BaseEmailBackend, at: datetime | None, result: Sent) -> None:
    people = [letter.user_id for letter in letters]
    addresses, rhythms = reachable(people), Rhythms(people)
    news = news_of(letters, rhythms)
    for letter in letters:
        now, address = at or timezone.now(), addresses.get(letter.user_id, "")
        if not _hold(letter, now):
            continue
        try:
            mail = (
                compose(letter, address, news[letter.pk], rhythms) if address and not _is_stale(letter, now) else None
            )
        except Exception:
            # Whatever is wrong with this letter, the next one must not wait for it.
            log.exception("A letter could not be written: %s", letter.pk)
            result.count(_refused(letter, address, Answer("could not be written"), now))
        else:
            result.count(_send(letter, mail, server, now))


def _is_stale(letter: Letter, now: datetime) -> bool:
    return letter.created_at < now - (STALE if letter.rhythm == Rhythm.ONCE else 2 * STALE)


def _hold(letter: Letter, now: datetime) -> bool:
    """Hold the letter for another while and count the attempt; False when somebody else has taken it meanwhile."""
    letter.attempts += 1
    mine = Letter.objects.filter(pk=letter.pk, claim=letter.claim, state=Letter.State.SEALED)
    return bool(mine.update(claimed_until=now + LEASE, attempts=letter.attempts))


def _send(letter: Letter, mail: Mail | None, server: BaseEmailBackend, now: datetime) -> str:
    """Send one letter and mark what became of it; return its new state."""
    if mail is None:
        return _mark(letter, Letter.State.EMPTY)
    [address] = mail.to
    try:
        server.open()
    except (OSError, smtplib.SMTPException) as problem:
        raise ServerIsAway(str(problem)) from problem
    try:
        server.send_messages([mail])
    except (OSError, ValueError, smtplib.SMTPException) as problem:
        if not isinstance(problem, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
            _hang_up(server)  # what is left of the line is of no use to the next letter
        answer = answer_of(problem)
        if answer.is_for_all:
            raise ServerIsAway(answer.text) from problem
        return _refused(letter, address, answer, now)
    return _mark(letter, Letter.State.SENT, address=address, sent_at=now)


def _refused(letter: Letter, address: str, answer: Answer, now: datetime) -> str:
    """Mark a letter that the server has not taken: for later, or given up."""
    if answer.is_dead_address:
        stop_address(letter.user, address, Suppression.Reason.BOUNCED, answer.text, at=now)
    elif answer.is_final:
        count_failure(letter.user, address, answer.text, at=now)
    if answer.is_final or letter.attempts > len(PAUSES):
        log.warning("A letter is given up: %s: %s", letter.pk, answer.text)
        return _mark(letter, Letter.State.FAILED, address=address, problem=answer.text)
    due_at = now + PAUSES[letter.attempts - 1]
    return _mark(letter, Letter.State.SEALED, due_at=due_at, problem=answer.text)


def _mark(letter: Letter, state: str, *, problem: str = "", **fields: object) -> str:
    fields |= {"problem": problem[:LONGEST_PROBLEM], "claim": None, "claimed_until": None}
    Letter.objects.filter(pk=letter.pk, claim=letter.claim).update(state=state, **fields)
    return state


def _put_back(letters: Sequence[Letter], now: datetime) -> int:
    """Let go of what is still held, for a later round; that the server is away is no fault of a letter."""
    held = Letter.objects.filter(pk__in=[letter.pk for letter in letters], claim=letters[0].claim)
    return held.update(claim=None, claimed_until=None, due_at=now + AWAY)


def _hang_up(server: BaseEmailBackend) -> None:
    try:
        server.close()
    except (OSError, smtplib.SMTPException):
        log.info("The mail server hung up first")


def forget_letters(at: datetime | None = None, *, after: timedelta = timedelta(days=30)) -> int:
    """Delete letters that went long ago: until then what comes back can be told from them. Return how many."""
    old = Letter.objects.filter(created_at__lt=(at or timezone.now()) - after).exclude(state__in=WAITING)
    return old.delete()[1].get("forum.Letter", 0)
