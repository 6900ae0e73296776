"""Reporting a post, a thread, a person or a city, and taking a report back."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum import events
from forum.actions.counters import case_weighed
from forum.models import Case, City, Membership, Post, Report, Thread
from forum.permissions.reports import (
    can_report_city,
    can_report_person,
    can_report_post,
    can_report_thread,
    can_withdraw_report,
)
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict, require
from forum.queries.reports import OTHER, record_of_reporter, standing_report

if TYPE_CHECKING:
    from accounts.models import User

# Who had so many reports dismissed in so many days, and more than were upheld, may make so many a day.
DISMISSED, DAYS, A_DAY = 5, 90, 2


def weight_of(person: "User") -> int:
    """Return what a report of this person weighs, from 0 to 10, by how the person's reports were decided before.

    10 × (upheld + 1) / (upheld + dismissed + 2), rounded: the chance in tenths that the next one holds, by Laplace's
    rule of succession. A first report weighs 5; nine that held and none that did not make 9.
    """
    record = record_of_reporter(person)
    return round(10 * (record.upheld + 1) / (record.upheld + record.dismissed + 2))


def _thing(
    viewer: Viewer, post: Post | None, thread: Thread | None, person: "User | None", city: City | None
) -> tuple[City, dict[str, Any], Verdict, int | None]:
    """Return the city, what the case is about, whether the viewer may report it, and who stands behind it."""
    if post is not None:
        return post.thread.city, {"post": post}, can_report_post(viewer, post), post.author_id
    if thread is not None:
        return thread.city, {"thread": thread}, can_report_thread(viewer, thread), thread.author_id
    if city is None:
        raise ValueError("A report is about a post, a thread, a person in a city, or a city.")
    thing = {"city": city, "person": person, "post": None, "thread": None}
    if person is not None:
        return city, thing, can_report_person(viewer, person.pk), person.pk
    return city, thing, can_report_city(viewer, city), None


def _for_site(city: City, subject: int | None) -> bool:
    """Return whether the site's moderators decide: about a city, about what its mayor did, and in an archived city."""
    if subject is None or city.is_archived:
        return True
    return Membership.objects.filter(city=city, user=subject, role=Membership.Role.MAYOR).exists()


def _open_case(city: City, thing: dict[str, Any], subject: int | None, now: datetime) -> Case:
    """Return the open case about the thing, locked; a new one when there is none."""
    fresh = {"city": city, "created_at": now, "escalated_at": now if _for_site(city, subject) else None}
    while True:
        case, _made = Case.objects.get_or_create(**thing, state=Case.State.OPEN, defaults={**thing, **fresh})
        # It may have been decided between finding and locking it.
        locked = Case.objects.select_for_update(of=("self",)).filter(pk=case.pk, state=Case.State.OPEN).first()
        if locked:
            return locked


def _check_words(reason: str, words: str, *, is_text: bool) -> None:
    """Raise ValidationError where words must say what the reason, or the thing itself, does not."""
    if not reason:
        raise ValidationError({"reason": _("Choose a reason.")})
    if not words and reason == OTHER:
        raise ValidationError({"words": _("Say in a few words what is wrong.")})
    if not words and not is_text:
        raise ValidationError({"words": _("Say in a few words what happened, and where.")})


def _check_record(by: "User", now: datetime) -> None:
    """Raise ValidationError for who has made enough reports today, given how their last ones were decided."""
    record = record_of_reporter(by, since=now - timedelta(days=DAYS))
    if record.dismissed < DISMISSED or record.dismissed <= record.upheld:
        return
    today = Report.objects.filter(reporter=by, created_at__gt=now - timedelta(days=1)).count()
    if today >= A_DAY:
        text = ngettext(
            "Most of your reports in the last months were dismissed, so you may make %(count)s a day. "
            "Please come back tomorrow.",
            "Most of your reports in the last months were dismissed, so you may make %(count)s a day. "
            "Please come back tomorrow.",
            A_DAY,
        )
        raise ValidationError(text % {"count": A_DAY})


@transaction.atomic
def file_report(
    *,
    by: "User",
    reason: str,
    words: str = "",
    post: Post | None = None,
    thread: Thread | None = None,
    person: "User | None" = None,
    city: City | None = None,
    at: datetime | None = None,
) -> Report:
    """Report a post, a thread, a person in a city, or a city, and return the report.

    Who has a report of the thing that stands gets that one back. What concerns a city as a whole, its mayor or an
    archived city goes to the site's moderators at once. Raises Forbidden, and ValidationError for `reason`, `words`,
    or as a whole for too many reports that were dismissed.
    """
    now = at or timezone.now()
    where, thing, verdict, subject = _thing(Viewer.of(by), post, thread, person, city)
    require(verdict)
    if earlier := standing_report(by, thing, now):
        return earlier
    reason, words = reason.strip(), words.strip()
    _check_words(reason, words, is_text=post is not None or thread is not None)
    _check_record(by, now)
    case = _open_case(where, thing, subject, now)
    fields = {"reason": reason, "words": words, "weight": weight_of(by), "created_at": now}
    fields |= {"state": Report.State.WAITING, "decided_at": None}
    mine = Report.objects.filter(case=case, reporter=by).first()
    if mine and mine.state == Report.State.WAITING:  # sent twice at once
        return mine
    report, _made = Report.objects.update_or_create(case=case, reporter=by, defaults=fields)
    case_weighed(case, change=report.weight)
    events.record("report.filed", by=by, city=where, at=now, case=case.pk, report=report.pk)
    return report


@transaction.atomic
def withdraw_report(report: Report, *, by: "User", at: datetime | None = None) -> Report:
    """Take back one's report that waits, and return it; a decided one stays. The last one closes the case.

    Raises Forbidden.
    """
    require(can_withdraw_report(Viewer.of(by), report.reporter_id))
    case = Case.objects.select_for_update(of=("self",)).select_related("city").get(pk=report.case_id)
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.state != Report.State.WAITING:
        return report
    now = at or timezone.now()
    report.state, report.decided_at = Report.State.WITHDRAWN, now
    report.save(update_fields=["state", "decided_at"])
    case_weighed(case, change=-report.weight)
    if not case.reports.filter(state=Report.State.WAITING).exists():
        case.state, case.decided_at = Case.State.WITHDRAWN, now
        case.save(update_fields=["state", "decided_at"])
    events.record("report.withdrawn", by=by, city=case.city, at=now, case=case.pk, report=report.pk)
    return report
