"""Deciding what waits in the queue: the act and the answer in one transaction, once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from forum.actions.applications import decide_application
from forum.actions.cases import close_case, decide_case, escalate_case, locked_case
from forum.actions.holds import approve_post, refuse_post
from forum.actions.moderation import hide_post, hide_thread, lock_thread, move_thread
from forum.actions.sanctions import impose_sanction
from forum.models import Application, Board, Case, Hold, Sanction
from forum.permissions.decisions import DECISIONS, SANCTIONS, Decidable, can_take_decision, thread_of
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Forbidden, require

if TYPE_CHECKING:
    from accounts.models import User

KINDS = dict(zip(SANCTIONS, (Sanction.Kind.WARNING, Sanction.Kind.MUTE, Sanction.Kind.BAN), strict=True))


@dataclass(frozen=True, slots=True)
class Terms:
    """What goes with a decision, as far as it asks for it.

    `reason` stands in the public log, `ground` is the reason of a sanction from the list and `words` what the
    person is told with it (or what the site's moderators are told); `answer` goes to who reported, wrote or applied.
    """

    reason: str = ""
    ground: str = ""
    words: str = ""
    answer: str = ""
    ends_at: datetime | None = None
    board: Board | None = None
    is_private: bool = False


def _act(case: Case, *, by: "User", decision: str, terms: Terms) -> None:
    """Do what the decision says to what was reported. Raises Forbidden and ValidationError as those actions do."""
    thread = thread_of(case)
    if decision in SANCTIONS:
        person = case.post.author if case.post else case.thread.author if case.thread else case.person
        assert person
        impose_sanction(
            case.city,
            by=by,
            person=person,
            kind=KINDS[decision],
            reason=terms.ground,
            words=terms.words,
            ends_at=terms.ends_at,
            post=case.post,
            is_private=terms.is_private,
        )
    elif decision == "hide" and case.post:
        hide_post(case.post, by=by, reason=terms.reason, is_private=terms.is_private)
    elif thread and decision == "hide":
        hide_thread(thread, by=by, reason=terms.reason, is_private=terms.is_private)
    elif thread and decision == "lock":
        lock_thread(thread, by=by, reason=terms.reason)
    elif thread and decision == "move":
        if terms.board is None:
            raise ValidationError({"board": _("Choose a board.")})
        move_thread(thread, by=by, board=terms.board, reason=terms.reason)


@transaction.atomic
def act_on_case(case: Case, *, by: "User", decision: str, terms: Terms, at: datetime | None = None) -> Case:
    """Do what the decision says, and uphold the case with it: both, or neither. Return the case.

    One that is decided already comes back as it is, and nothing is done. Raises Forbidden, and ValidationError for
    what the act finds wrong.
    """
    case = locked_case(case)
    if case.state != Case.State.OPEN:
        return case
    require(can_take_decision(Viewer.of(by), DECISIONS[decision], case))
    _act(case, by=by, decision=decision, terms=terms)
    return close_case(case, by=by, upheld=True, answer=terms.answer, at=at)


def decide_thing(thing: Decidable, *, by: "User", decision: str, terms: Terms) -> Decidable:
    """Decide one thing of the queue as named in DECISIONS, and return it.

    What somebody else decided first comes back as it is: see `is_own_decision`. Raises Forbidden, and
    ValidationError.
    """
    if isinstance(thing, Hold):
        if decision == "approve":
            return approve_post(thing, by=by, answer=terms.answer)
        return refuse_post(thing, by=by, answer=terms.answer)
    if isinstance(thing, Application):
        return decide_application(thing, by=by, accept=decision == "admit", answer=terms.answer)
    if decision in ("dismiss", "uphold"):
        return decide_case(thing, by=by, upheld=decision == "uphold", answer=terms.answer)
    if decision == "escalate":
        return escalate_case(thing, by=by, words=terms.words)
    return act_on_case(thing, by=by, decision=decision, terms=terms)


def is_own_decision(thing: Decidable, *, by: "User", decision: str) -> bool:
    """Return whether the thing, as it came back, stands as this person has just decided."""
    if isinstance(thing, Case) and decision == "escalate":
        return thing.state == Case.State.OPEN and thing.escalated_by_id == by.pk
    states = {"approve": Hold.State.APPROVED, "refuse": Hold.State.REFUSED, "dismiss": Case.State.DISMISSED}
    states |= {"admit": Application.State.ACCEPTED, "turn_down": Application.State.REFUSED}
    return thing.decided_by_id == by.pk and thing.state == states.get(decision, Case.State.UPHELD)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of several things decided together: `problem` says why nothing was done, empty when it was."""

    thing: Decidable
    problem: str = ""


def decide_together(things: Iterable[Decidable], *, by: "User", decision: str, terms: Terms) -> list[Outcome]:
    """Decide each of the things in a transaction of its own, and return what became of each, in order.

    What one of them refuses (somebody was faster, a right is missing) holds up no other.
    """
    outcomes = []
    for thing in things:
        try:
            done = decide_thing(thing, by=by, decision=decision, terms=terms)
        except Forbidden as refusal:
            outcomes.append(Outcome(thing, str(refusal.reason)))
        except ValidationError as problem:
            outcomes.append(Outcome(thing, " ".join(problem.messages)))
        else:
            own = is_own_decision(done, by=by, decision=decision)
            outcomes.append(Outcome(done, "" if own else words_for_other(done)))
    return outcomes


def words_for_other(thing: Decidable) -> str:
    """Return in words what somebody else decided about the thing, or that it was withdrawn."""
    if isinstance(thing, Case) and thing.state == Case.State.OPEN and thing.escalated_at:
        return _("This is with the site's moderators already.")
    if thing.decided_by is None:
        return _("This was withdrawn in the meantime.")
    return _("%(name)s decided first: %(decision)s.") % {
        "name": thing.decided_by.name,
        "decision": thing.get_state_display(),
    }
