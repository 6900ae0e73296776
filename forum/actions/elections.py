"""Calling an election and cancelling one; standing, proposing, consenting and withdrawing."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import events
from forum.actions.election_news import question_of, record_call
from forum.actions.offices import MONTH
from forum.models import City, Election, Membership, Option, Poll, Voter
from forum.permissions.elections import (
    FEWEST_ON_ROLL,
    can_call_election,
    can_cancel_election,
    eligible_citizens,
)
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require
from forum.voting.results import RANKED

if TYPE_CHECKING:
    from accounts.models import User

SHORTEST, USUAL, LONGEST = 3, 7, 30  # days of nominations, and of voting
MOST_SEATS = 12
YES, NO = 1, 2  # the options of a vote about one person
# How each office is voted on; a recall, and a sole candidate, by yes or no.
METHODS: dict[str, str] = {
    Election.Office.MAYOR: RANKED,
    Election.Office.DEPUTY: Poll.Method.SEVERAL,
    Election.Office.RECALL: Poll.Method.SINGLE,
}
RUNNING = (Election.State.NOMINATING, Election.State.VOTING)


@transaction.atomic
def call_election(
    city: City,
    *,
    by: "User",
    office: str,
    seats: int = 1,
    person: "User | None" = None,
    nominating_days: int = USUAL,
    voting_days: int = USUAL,
    reason: str = "",
    at: datetime | None = None,
) -> Election:
    """Call an election of a mayor or deputies, or (the site's moderators) a recall of `person`; return it.

    Calling it twice returns the one that runs. Raises Forbidden, and ValidationError for seats, person,
    `nominating_days` or `voting_days`.
    """
    city, now = City.objects.select_for_update(no_key=True).get(pk=city.pk), at or timezone.now()
    require(can_call_election(Viewer.of(by), city, office))
    if running := running_election(city, office):
        return running
    for name, days in (("nominating_days", nominating_days), ("voting_days", voting_days)):
        if not SHORTEST <= days <= LONGEST:
            text = _("Choose %(shortest)s to %(longest)s days.")
            raise ValidationError({name: text % {"shortest": SHORTEST, "longest": LONGEST}})
    if office == Election.Office.DEPUTY and not 1 <= seats <= MOST_SEATS:
        raise ValidationError({"seats": _("Choose 1 to %(most)s seats.") % {"most": MOST_SEATS}})
    is_mayor = Membership.objects.filter(city=city, user=by, role=Membership.Role.MAYOR).exists()
    election = begin_election(
        city,
        office=office,
        cause=Election.Cause.MAYOR if is_mayor else Election.Cause.SITE,
        called_by=by,
        person=person,
        seats=seats if office == Election.Office.DEPUTY else 1,
        nominating=timedelta(days=nominating_days),
        voting=timedelta(days=voting_days),
        at=now,
    )
    record_call(election, by=by, reason=reason.strip(), at=now)
    return election


def running_election(city: City, office: str) -> Election | None:
    """Return the election of the office that has not ended yet."""
    return Election.objects.filter(city=city, office=office, state__in=RUNNING).first()


def begin_election(
    city: City,
    *,
    office: str,
    cause: str,
    at: datetime,
    called_by: "User | None" = None,
    person: "User | None" = None,
    seats: int = 1,
    nominating: timedelta = timedelta(days=USUAL),
    voting: timedelta = timedelta(days=USUAL),
) -> Election:
    """Begin an election in a locked city and fix its roll; return it (for actions that have decided to call it).

    A recall has no nominations: voting begins at once. Raises ValidationError when fewer than three could vote, or
    `person` holds no office to be recalled from.
    """
    is_recall = office == Election.Office.RECALL
    roll = list(eligible_citizens(city, at).order_by("pk").values_list("pk", flat=True))
    if len(roll) < FEWEST_ON_ROLL:
        raise ValidationError(_("An election needs at least three citizens who may vote."))
    if is_recall and not Membership.objects.officers().filter(city=city, user=person).exists():
        raise ValidationError({"person": _("Only the mayor or a deputy mayor can be recalled.")})
    voting_begins = at if is_recall else at + nominating
    poll = Poll.objects.create(
        city=city,
        author=None,
        question=question_of(office, person)[:200],
        method=METHODS[office],
        is_secret=True,
        voters=Poll.Voters.ROLL,
        opens_at=voting_begins,
        closes_at=voting_begins + voting,
        created_at=at,
    )
    Voter.objects.bulk_create((Voter(poll=poll, user_id=user) for user in roll), batch_size=500)
    if is_recall:
        ask_yes_or_no(poll)
    return Election.objects.create(
        city=city,
        office=office,
        seats=seats,
        person=person if is_recall else None,
        poll=poll,
        state=Election.State.VOTING if is_recall else Election.State.NOMINATING,
        cause=cause,
        called_by=called_by,
        called_at=at,
        nominations_end_at=None if is_recall else voting_begins,
        ends_at=voting_begins + voting,
    )


def ask_yes_or_no(poll: Poll, person: "User | None" = None) -> None:
    """Put yes and no on the ballot; a sole candidate stands behind yes."""
    Option.objects.bulk_create(
        [Option(poll=poll, text="yes", position=YES, person=person), Option(poll=poll, text="no", position=NO)]
    )
    Poll.objects.filter(pk=poll.pk).update(method=Poll.Method.SINGLE, max_choices=1)


@transaction.atomic
def cancel_election(election: Election, *, by: "User", reason: str, at: datetime | None = None) -> Election:
    """Cancel a running election and return it; nobody's office changes, ballots stay unpublished. Raises Forbidden."""
    election, now = locked_election(election), at or timezone.now()
    if election.state == Election.State.CANCELLED:
        return election
    require(can_cancel_election(Viewer.of(by), election))
    end_without_vote(election, by=by, reason=reason.strip(), at=now)
    return election


def end_without_vote(election: Election, *, by: "User", reason: str, at: datetime) -> None:
    """Cancel a locked election (for actions that have checked who may)."""
    election.state, election.decided_at = Election.State.CANCELLED, at
    election.save(update_fields=["state", "decided_at"])
    Poll.objects.filter(pk=election.poll_id).update(closes_at=at)
    if election.cause == Election.Cause.TERM:  # else the end of the term would call it again at once
        City.objects.filter(pk=election.city_id).update(term_ends_at=at + MONTH)
    events.record(
        "election.cancelled",
        by=by,
        city=election.city,
        reason=reason,
        at=at,
        election=election.pk,
        office=election.office,
    )


def locked_election(election: Election) -> Election:
    """Return the election with its row locked."""
    rows = Election.objects.select_for_update(of=("self",)).select_related("city", "poll", "person")
    return rows.get(pk=election.pk)


def is_on_roll(election: Election, user: "User") -> bool:
    """Return whether the person may vote in the election."""
    return Voter.objects.filter(poll=election.poll_id, user=user).exists()
