"""Appealing against a decision about oneself, and deciding appeals: never by who decided first."""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forum import events
from forum.actions.applications import admit_after_all
from forum.actions.holds import show_refused_post
from forum.actions.moderation import NEEDS_REASON
from forum.actions.sanctions import end_sanction, locked_sanction
from forum.actions.undoing import undo_event
from forum.models import Appeal, Application, Event
from forum.permissions.appeals import (
    NOT_ABOUT_YOU,
    can_appeal,
    can_decide_appeal,
    can_pass_appeal_on,
    can_withdraw_appeal,
    decisions_about,
    moderators_who_hear,
    people_who_hear,
)
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Forbidden, require
from forum.queries.appeals import decision_of, is_taken_back

type Effect = Callable[[Event, User, str, datetime], object]

LONGEST_WORDS, LONGEST_ANSWER = 3000, 500  # as much as a row holds


@transaction.atomic
def appeal_decision(decision: Event, *, by: User, words: str, at: datetime | None = None) -> Appeal:
    """Appeal against a decision about oneself, and return the appeal; a second time returns the first one.

    It goes to the officers of the city who may decide it and did not make the decision; where there are none, and
    against what the site's moderators decided, to the site's moderators. Raises Forbidden, and ValidationError for
    `words`.
    """
    decision = (
        Event.objects.select_for_update(of=("self",), no_key=True).select_related("city", "actor").get(pk=decision.pk)
    )
    viewer, now, words = Viewer.of(by), at or timezone.now(), words.strip()
    if not decisions_about(viewer).filter(pk=decision.pk).exists():
        raise Forbidden(NOT_ABOUT_YOU)
    if earlier := Appeal.objects.filter(decision=decision).first():
        return earlier
    require(can_appeal(viewer, decision, is_undone=is_taken_back(decision_of(decision)), at=now))
    if not words:
        raise ValidationError({"words": _("Say why the decision is wrong.")})
    if len(words) > LONGEST_WORDS:
        raise ValidationError({"words": _("At most %(number)s characters are kept.") % {"number": LONGEST_WORDS}})
    appeal = Appeal.objects.create(
        decision=decision,
        city=decision.city,
        person=by,
        words=words,
        is_for_site=_goes_to_site(decision, by),
        created_at=now,
    )
    events.record("appeal.made", by=by, city=appeal.city, at=now, appeal=appeal.pk, event=decision.pk)
    return appeal


def _goes_to_site(decision: Event, person: User) -> bool:
    parties = (decision.actor_id, person.pk)
    if decision.city is None or not people_who_hear(decision.city, decision.kind, but=parties).exists():
        return True
    first = Viewer.of(decision.actor)
    by_site = first.is_moderator and not first.is_citizen(decision.city)
    return by_site and moderators_who_hear(but=parties).exists()


def _locked(appeal: Appeal) -> Appeal:
    rows = Appeal.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("city", "decision__city", "decision__actor", "person", "decided_by").get(pk=appeal.pk)


@transaction.atomic
def withdraw_appeal(appeal: Appeal, *, by: User, at: datetime | None = None) -> Appeal:
    """Take back one's appeal that waits, and return it; one that is decided stays as it is. Raises Forbidden."""
    appeal = _locked(appeal)
    require(can_withdraw_appeal(Viewer.of(by), appeal))
    if appeal.state != Appeal.State.WAITING:
        return appeal
    appeal.state, appeal.decided_at = Appeal.State.WITHDRAWN, at or timezone.now()
    appeal.save(update_fields=["state", "decided_at"])
    events.record("appeal.withdrawn", by=by, city=appeal.city, at=appeal.decided_at, appeal=appeal.pk)
    return appeal


@transaction.atomic
def pass_appeal_on(appeal: Appeal, *, by: User, reason: str = "", at: datetime | None = None) -> Appeal:
    """Leave a waiting appeal to the site's moderators, and return it; twice changes nothing. Raises Forbidden."""
    appeal = _locked(appeal)
    require(can_pass_appeal_on(Viewer.of(by), appeal))
    if appeal.state != Appeal.State.WAITING or appeal.is_for_site:
        return appeal
    appeal.is_for_site = True
    appeal.save(update_fields=["is_for_site"])
    _record("appeal.passed_on", appeal, by=by, reason=reason.strip(), at=at or timezone.now())
    return appeal


@transaction.atomic
def decide_appeal(appeal: Appeal, *, by: User, granted: bool, answer: str, at: datetime | None = None) -> Appeal:
    """Grant the appeal, which takes the decision back, or refuse it; return the appeal.

    The outcome and the answer stand in the public log, the words of the appeal do not. One that is decided or
    withdrawn already comes back as it is: `decided_by` says whose decision stands. Raises Forbidden, and
    ValidationError for `answer` or when something else was done about the thing since.
    """
    appeal = _locked(appeal)
    require(can_decide_appeal(Viewer.of(by), appeal))
    if appeal.state != Appeal.State.WAITING:
        return appeal
    now, answer = at or timezone.now(), answer.strip()
    if not answer:
        raise ValidationError({"answer": NEEDS_REASON})
    if len(answer) > LONGEST_ANSWER:
        raise ValidationError({"answer": _("At most %(number)s characters are kept.") % {"number": LONGEST_ANSWER}})
    appeal.state = Appeal.State.GRANTED if granted else Appeal.State.REFUSED
    appeal.decided_by, appeal.decided_at, appeal.answer = by, now, answer
    appeal.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    decision = decision_of(appeal.decision)
    if granted and not is_taken_back(decision):
        EFFECTS[decision.kind](decision, by, answer, now)
    _record("appeal.granted" if granted else "appeal.refused", appeal, by=by, reason=answer, at=now)
    return appeal


def _record(kind: str, appeal: Appeal, *, by: User, reason: str, at: datetime) -> None:
    """Record what became of an appeal, with what finds the decision in the log."""
    decision = appeal.decision
    # A refusal is private only because it names an author: without the name, its answer can be read.
    is_refusal = decision.kind == "post.refused"
    events.record(
        kind,
        by=by,
        city=appeal.city,
        person=None if is_refusal else decision.person,
        reason=reason,
        is_private=decision.is_private and not is_refusal,
        at=at,
        appeal=appeal.pk,
        event=decision.pk,
        decision=decision.kind,
    )


def _undo(decision: Event, by: User, answer: str, at: datetime) -> None:
    undo_event(decision, by=by, reason=answer, is_late=True, at=at)


def _lift(decision: Event, by: User, answer: str, at: datetime) -> None:
    if decision.sanction:
        end_sanction(locked_sanction(decision.sanction), by=by, reason=answer, at=at)


def _admit(decision: Event, by: User, answer: str, at: datetime) -> None:
    # What the decision said may have been erased since; then there is nobody to admit.
    if application := Application.objects.filter(pk=decision.data.get("application", 0)).first():
        admit_after_all(application, by=by, reason=answer, undoes=decision, at=at)


def _show(decision: Event, by: User, answer: str, at: datetime) -> None:
    if decision.post:
        show_refused_post(decision.post.hold, by=by, reason=answer, undoes=decision, at=at)


# What granting an appeal does, by the kind of the decision.
EFFECTS: dict[str, Effect] = {
    **dict.fromkeys(("sanction.warned", "sanction.muted", "sanction.banned", "sanction.suspended"), _lift),
    **dict.fromkeys(("post.hidden", "thread.hidden"), _undo),
    "application.refused": _admit,
    "post.refused": _show,
}
