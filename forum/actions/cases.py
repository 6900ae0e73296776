"""Deciding cases: what readers reported is upheld or dismissed once, or passed on to the site's moderators."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import events
from forum.models import Case, Report
from forum.permissions.reports import can_decide_case, can_escalate_case
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require

if TYPE_CHECKING:
    from accounts.models import User


def locked_case(case: Case) -> Case:
    """Return the case as it stands now with all that a decision looks at, locked until the transaction ends."""
    rows = Case.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related(
        "city", "person", "decided_by", "escalated_by", "post__author", "post__thread__city", "thread__city"
    ).get(pk=case.pk)


def close_case(case: Case, *, by: "User", upheld: bool, answer: str, at: datetime | None) -> Case:
    """Close a locked, open case that `by` may decide, with all its reports that wait."""
    now = at or timezone.now()
    case.state = Case.State.UPHELD if upheld else Case.State.DISMISSED
    case.decided_by, case.decided_at, case.answer = by, now, answer.strip()
    case.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    state = Report.State.UPHELD if upheld else Report.State.DISMISSED
    case.reports.filter(state=Report.State.WAITING).update(state=state, decided_at=now)
    # Neither the thing nor a person: who reported something must hear of it also when they no longer see it.
    events.record("case.upheld" if upheld else "case.dismissed", by=by, city=case.city, at=now, case=case.pk)
    return case


@transaction.atomic
def decide_case(case: Case, *, by: "User", upheld: bool, answer: str = "", at: datetime | None = None) -> Case:
    """Uphold or dismiss what was reported, with an answer to those who reported, and return the case.

    One that is decided or withdrawn already comes back as it is: `decided_by` says whose decision stands.
    Raises Forbidden.
    """
    case = locked_case(case)
    require(can_decide_case(Viewer.of(by), case))
    if case.state != Case.State.OPEN:
        return case
    return close_case(case, by=by, upheld=upheld, answer=answer, at=at)


@transaction.atomic
def escalate_case(case: Case, *, by: "User", words: str, at: datetime | None = None) -> Case:
    """Pass the case on to the site's moderators, with words for them, and return it.

    One that is decided or with the site already comes back as it is. Raises Forbidden, and ValidationError for `words`.
    """
    case = locked_case(case)
    if case.escalated_at is None or case.state != Case.State.OPEN:
        require(can_escalate_case(Viewer.of(by), case))
    if case.state != Case.State.OPEN or case.escalated_at:
        return case
    if not words.strip():
        raise ValidationError({"words": _("Say in a few words why the site's moderators should decide.")})
    case.escalated_by, case.escalated_at, case.escalated_words = by, at or timezone.now(), words.strip()
    case.save(update_fields=["escalated_by", "escalated_at", "escalated_words"])
    events.record("case.escalated", by=by, city=case.city, at=case.escalated_at, case=case.pk)
    return case
